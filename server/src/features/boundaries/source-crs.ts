import { vn2000System } from '@diemnong/analysis';
import { AppError } from '@diemnong/contracts';

/** A coordinate reference system as PROJ describes it (proj.org/en/stable/specifications/projjson.html). */
export type ProjJson = {
  type?: string;
  name?: string;
  id?: { authority?: string; code?: number | string };
  datum?: { name?: string };
  base_crs?: ProjJson;
  source_crs?: ProjJson;
  conversion?: { method?: { name?: string }; parameters?: { name?: string; value?: number }[] };
};

/**
 * VN-2000 → WGS84 by EPSG:6960. PROJ's +towgs84 takes rotations of the position vector kind, EPSG lists them as coordinate
 * frame rotations, hence the signs. Forced, because PROJ left to itself picks EPSG:5194 in the Mekong delta (0.8 m away),
 * and nothing at all where its grids are not installed.
 */
const vn2000Datum =
  '+ellps=WGS84 +towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278';
const vn2000Geographic = `+proj=longlat ${vn2000Datum} +no_defs +type=crs`;

/**
 * What GDAL is told about the coordinates of a file.
 * @param option `auto`, `EPSG:n` or `vn2000:<central meridian>`.
 * @param declared what the file itself declares; null when it declares nothing.
 * @returns a definition to force, or undefined to take the file's own.
 * Errors: `unprocessable` when neither says; `invalid_input` for a code that is withdrawn or not understood.
 */
export function sourceCrs(option: string, declared: ProjJson | null): string | undefined {
  const text = option.trim();
  if (text.toLowerCase() === 'auto') {
    if (declared === null) throw missingCrs();
    return forcedVn2000(declared);
  }
  if (/^(EPSG:)?4756$/i.test(text)) return vn2000Geographic;
  const [, epsg] = /^EPSG:(\d{4,6})$/i.exec(text) ?? [];
  try {
    const { centralMeridianDeg, k0 } = vn2000System(text);
    return transverseMercator(centralMeridianDeg, k0, 500_000, 0);
  } catch (cause) {
    const isWithdrawn = cause instanceof RangeError && cause.message.includes('deprecated');
    if (epsg !== undefined && !isWithdrawn) return `EPSG:${epsg}`;
    throw new AppError(
      'invalid_input',
      `Không hiểu hệ toạ độ "${text}": cần "auto", "EPSG:n" hoặc "vn2000:106.5" (kinh tuyến trục). (${cause instanceof Error ? cause.message : String(cause)})`,
      { cause },
    );
  }
}

function missingCrs(): AppError {
  return new AppError(
    'unprocessable',
    'Tệp không khai hệ toạ độ (thiếu .prj): hãy khai bằng --crs, ví dụ --crs vn2000:105.5 hoặc --crs EPSG:4326. ' +
      '(The file declares no coordinate reference system: give it with --crs.)',
  );
}

function forcedVn2000(declared: ProjJson): string | undefined {
  const crs = declared.type === 'BoundCRS' ? (declared.source_crs ?? declared) : declared;
  if (crs.type === 'GeographicCRS') return isVn2000(crs) ? vn2000Geographic : undefined;
  if (crs.base_crs === undefined || !isVn2000(crs.base_crs)) return undefined;
  const { conversion } = crs;
  const value = (name: string) => conversion?.parameters?.find((parameter) => parameter.name === name)?.value ?? 0;
  if (!conversion?.method?.name?.startsWith('Transverse Mercator'))
    throw new AppError(
      'unprocessable',
      `Không hiểu phép chiếu VN-2000 "${crs.name}" của tệp; hãy khai bằng --crs. (The VN-2000 projection of the file is not understood.)`,
    );
  return transverseMercator(
    value('Longitude of natural origin'),
    value('Scale factor at natural origin'),
    value('False easting'),
    value('False northing'),
  );
}

function isVn2000({ name, datum, id }: ProjJson): boolean {
  return Number(id?.code) === 4756 || /vn[-_ ]?2000|viet ?nam[-_ ]?2000/i.test(`${name} ${datum?.name}`);
}

function transverseMercator(
  centralMeridianDeg: number,
  k0: number,
  falseEastingM: number,
  falseNorthingM: number,
): string {
  return `+proj=tmerc +lat_0=0 +lon_0=${centralMeridianDeg} +k=${k0} +x_0=${falseEastingM} +y_0=${falseNorthingM} ${vn2000Datum} +units=m +no_defs +type=crs`;
}
