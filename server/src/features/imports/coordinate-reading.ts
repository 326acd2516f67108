import {
  type CommuneIndex,
  type CoordinateSystem,
  candidateSystems,
  coordinateSystem,
  detectCrs,
} from '@diemnong/analysis';
import { AppError } from '@diemnong/contracts';

export type CoordinateReading = {
  system: CoordinateSystem;
  /** Share of the sample inside the communes, 0–1; null when there was nothing to try. */
  share: number | null;
  /** The person declared this system, and its axes stand as declared. */
  isDeclared: boolean;
};

/** Degrees never exceed this; metres of VN-2000 always do. */
const MAX_DEGREES = 180;
/** A grid found by fit must put at least this share of the sample inside, else a person declares it. */
const MIN_PROJECTED_SHARE = 0.5;

/**
 * The coordinate system of a file: as declared, or found by fit to the communes; axes the wrong way round are found in
 * both cases.
 * @param crs `auto`, `EPSG:n` or `vn2000:106.5`.
 * @param sample pairs as they stand in the file, x first.
 * Errors: `unprocessable` with `details.candidates` when several systems fit as well, or none does.
 */
export function readCoordinateSystem(
  crs: string,
  sample: readonly (readonly [x: number, y: number])[],
  index: CommuneIndex,
): CoordinateReading {
  if (crs !== 'auto') {
    const declared = coordinateSystem(crs);
    if (sample.length === 0) return { system: declared, share: null, isDeclared: true };
    const fit = detectCrs(sample, index, [declared, coordinateSystem(crs, true)]);
    const isTurned = fit.best?.isSwapped === true && !fit.ambiguous && fit.share >= MIN_PROJECTED_SHARE;
    if (isTurned && fit.best !== null) return { system: fit.best, share: fit.share, isDeclared: false };
    const asDeclared = [{ system: fit.best, share: fit.share }, ...fit.runnersUp].find(
      ({ system }) => system?.isSwapped === false,
    );
    return { system: declared, share: asDeclared?.share ?? 0, isDeclared: true };
  }
  if (sample.length === 0) return { system: coordinateSystem('EPSG:4326'), share: null, isDeclared: false };
  const inDegrees = sample.filter(([x, y]) => Math.abs(x) <= MAX_DEGREES && Math.abs(y) <= MAX_DEGREES).length;
  const isDegrees = 2 * inDegrees >= sample.length;
  const candidates = candidateSystems().filter(({ id }) => (id === 'EPSG:4326') === isDegrees);
  const fit = detectCrs(sample, index, candidates);
  // Degrees that fall outside every commune are still degrees: each row is told how far outside it stands.
  if (isDegrees && (fit.best === null || fit.ambiguous)) {
    return { system: coordinateSystem('EPSG:4326'), share: fit.share, isDeclared: false };
  }
  if (fit.best !== null && !fit.ambiguous && (isDegrees || fit.share >= MIN_PROJECTED_SHARE)) {
    return { system: fit.best, share: fit.share, isDeclared: false };
  }
  const fits = [{ system: fit.best, share: fit.share }, ...fit.runnersUp].slice(0, 5);
  const tied = fits.flatMap(({ system, share }) =>
    system === null ? [] : [{ crs: system.id, isSwapped: system.isSwapped, share }],
  );
  const list = tied
    .map(({ crs, isSwapped, share }) => `${crs}${isSwapped ? ' (đảo trục)' : ''} ${Math.round(100 * share)}%`)
    .join(', ');
  throw new AppError(
    'unprocessable',
    tied.length === 0
      ? 'Không hệ toạ độ VN-2000 nào đưa được các điểm vào trong tỉnh: hãy khai báo hệ toạ độ của tệp.'
      : `Chưa xác định được hệ toạ độ: ${list} đều có thể đúng. Hãy khai báo hệ toạ độ của tệp.`,
    {
      details: {
        reason: 'ambiguous_crs',
        messageEn: 'The coordinate system cannot be told from where the points fall: declare it.',
        candidates: tied,
      },
    },
  );
}
