import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { AppError } from '@diemnong/contracts';
import { ForeignCrs, type RawFeature, readGeoJsonFeatures } from './geojson-features.ts';
import { convertWithGdal, describeWithGdal, type GdalLayer } from './read-with-gdal.ts';
import { sourceCrs } from './source-crs.ts';
import { unzipSafely } from './unzip-safely.ts';

/** Inflated GeoJSON of the whole country at full resolution is some 300 MB. */
const mostInflatedBytes = 2 * 1024 ** 3;

const geoJsonExtensions = new Set(['.geojson', '.json', '.geojsonl', '.geojsons', '.ndjson']);
const gdalExtensions = new Set(['.gpkg', '.shp']);
const siblingExtensions = new Set(['.dbf', '.shx', '.prj', '.cpg']);
const zippedExtensions = new Set([...geoJsonExtensions, ...gdalExtensions, ...siblingExtensions]);

export const readableFiles = '.geojson, .json, .geojsonl (.gz), .zip (Shapefile), .shp, .gpkg';

export type BoundaryFileOptions = {
  /** Name of the layer, when the file holds several. */
  layer?: string | undefined;
  /** `auto` = as the file declares; else `EPSG:n` or `vn2000:106.5`. */
  crs: string;
  /** An empty folder for what must be unpacked or converted; the caller removes it. */
  workDir: string;
  /** Called with bytes read so far and in all; all is null when not known. */
  onProgress?: (done: number, total: number | null) => void;
};

/**
 * Features of a boundary file in longitude and latitude (EPSG:4326), one by one.
 * Reads GeoJSON itself, plain or gzipped; Shapefiles and GeoPackages, and GeoJSON in another system, through GDAL.
 * Errors: `invalid_input` for a layer that is missing or not named; `unprocessable` for files that cannot be read or declare
 * no coordinate system; `too_large` for archives that inflate to too much.
 */
export async function* readBoundaryFile(file: string, options: BoundaryFileOptions): AsyncGenerator<RawFeature> {
  const extension = extensionOf(file);
  if (extension === '.zip') {
    yield* readBoundaryFile(await unpack(file, options), options);
  } else if (gdalExtensions.has(extension)) {
    yield* readThroughGdal(file, options);
  } else if (geoJsonExtensions.has(extension.replace(/\.gz$/, ''))) {
    yield* readGeoJson(file, options);
  } else {
    throw new AppError(
      'unprocessable',
      `Không đọc được loại tệp "${extension || basename(file)}"; cần ${readableFiles}. (This kind of file is not read.)`,
    );
  }
}

/** `.geojson.gz` counts as one extension; small letters. */
export function extensionOf(file: string): string {
  const name = basename(file).toLowerCase();
  const last = extname(name);
  return last === '.gz' ? extname(name.slice(0, -3)) + last : last;
}

async function* readGeoJson(file: string, options: BoundaryFileOptions): AsyncGenerator<RawFeature> {
  const isLngLat = /^(auto|(EPSG:)?4326|wgs-?84)$/i.test(options.crs.trim());
  if (!isLngLat) {
    yield* readThroughGdal(await inflated(file, options), options);
    return;
  }
  try {
    yield* readGeoJsonFeatures(bytesOf(file, options.onProgress));
  } catch (error) {
    if (!(error instanceof ForeignCrs)) throw error;
    if (!error.isBeforeFeatures)
      throw new AppError(
        'unprocessable',
        `Tệp khai hệ toạ độ ${error.crs} ở cuối tệp: hãy khai bằng --crs. (The file declares ${error.crs} after its features: give it with --crs.)`,
      );
    yield* readThroughGdal(await inflated(file, options), options);
  }
}

async function* readThroughGdal(file: string, options: BoundaryFileOptions): AsyncGenerator<RawFeature> {
  yield* readGeoJsonFeatures(bytesOf(await convertToGeoJson(file, options), options.onProgress));
}

/**
 * One layer of a Shapefile or GeoPackage as a single file: a GeoJSON text sequence in longitude and latitude, in `workDir`.
 * Errors: as `readBoundaryFile`.
 */
export async function convertToGeoJson(file: string, options: BoundaryFileOptions): Promise<string> {
  const openOptions = extensionOf(file) === '.shp' ? await shapefileOptions(file) : [];
  const layer = chooseLayer(await describeWithGdal(file, openOptions), options.layer);
  const outputDir = join(options.workDir, 'converted');
  await mkdir(outputDir);
  return convertWithGdal(file, {
    layer: layer.name,
    sourceCrs: sourceCrs(options.crs, layer.crs),
    outputDir,
    openOptions,
  });
}

/** The layer that was named, or the only one with polygons. */
function chooseLayer(layers: readonly GdalLayer[], named: string | undefined): GdalLayer {
  const list = layers
    .map(({ name, geometryType, featureCount }) => `${name} (${geometryType}, ${featureCount})`)
    .join('; ');
  const candidates =
    named === undefined
      ? layers.filter(({ geometryType }) => /polygon|surface|unknown|collection/i.test(geometryType))
      : layers.filter(({ name }) => name === named);
  const [layer] = candidates;
  if (layer === undefined)
    throw new AppError(
      'invalid_input',
      named === undefined
        ? `Tệp không có lớp vùng nào. Các lớp: ${list}. (No polygon layer.)`
        : `Tệp không có lớp "${named}". Các lớp: ${list}. (No such layer.)`,
      { details: layers.map(({ name }) => name) },
    );
  if (candidates.length > 1)
    throw new AppError(
      'invalid_input',
      `Tệp có ${candidates.length} lớp vùng: hãy chọn một bằng --layer. Các lớp: ${list}. (Choose a layer with --layer.)`,
      { details: candidates.map(({ name }) => name) },
    );
  return layer;
}

/** The one dataset of an archive, or the one whose name `layer` gives. */
async function unpack(file: string, options: BoundaryFileOptions): Promise<string> {
  const files = await unzipSafely(file, join(options.workDir, 'unpacked'), zippedExtensions);
  const datasets = files.filter((path) => !siblingExtensions.has(extname(path)));
  const named = datasets.filter((path) => basename(path, extname(path)) === options.layer);
  const candidates = named.length > 0 ? named : datasets;
  const list = datasets.map((path) => basename(path)).join(', ');
  const [dataset] = candidates;
  if (dataset === undefined)
    throw new AppError(
      'unprocessable',
      'Tệp nén không chứa tệp ranh giới nào (.shp, .gpkg, .geojson). (No boundary file in the archive.)',
    );
  if (candidates.length > 1)
    throw new AppError(
      'invalid_input',
      `Tệp nén chứa nhiều tệp ranh giới: ${list}. Hãy chọn một bằng --layer. (Choose one with --layer.)`,
      { details: datasets.map((path) => basename(path, extname(path))) },
    );
  return dataset;
}

/**
 * Offices export Shapefiles whose text is UTF-8 without saying so (no .cpg); GDAL would then read it as Latin 1.
 * The text of a .dbf decides: bytes that are valid UTF-8 beyond ASCII are hardly ever anything else.
 * Format: dBASE III+, byte 29 of the header is the language driver, 0 = not said.
 */
async function shapefileOptions(file: string): Promise<string[]> {
  const base = file.slice(0, -extname(file).length);
  const siblings = await Promise.all(
    ['.dbf', '.DBF', '.cpg', '.CPG', '.shx', '.SHX'].map((extension) => isFile(base + extension)),
  );
  const [dbf, upperDbf, cpg, upperCpg, shx, upperShx] = siblings;
  if (!(dbf || upperDbf) || !(shx || upperShx))
    throw new AppError(
      'unprocessable',
      'Shapefile thiếu tệp .dbf hoặc .shx đi kèm; hãy gửi đủ bộ trong một tệp .zip. (The .dbf or .shx of the Shapefile is missing.)',
    );
  if (cpg || upperCpg) return [];
  const bytes = await readFile(base + (dbf ? '.dbf' : '.DBF'));
  if (bytes[29] !== 0) return [];
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(bytes.readUInt16LE(8)));
    return ['ENCODING=UTF-8'];
  } catch {
    return [];
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** Bytes of a file, gunzipped when it begins as gzip does, whatever its name says. */
async function* bytesOf(file: string, onProgress?: BoundaryFileOptions['onProgress']): AsyncGenerator<Buffer> {
  const { size } = await stat(file);
  const isCompressed = await isGzip(file);
  let read = 0;
  const source = createReadStream(file, { highWaterMark: 1 << 18 });
  // NOTE: a listener for data sets the stream flowing: nothing may be awaited between it and the reader.
  source.on('data', (chunk) => {
    read += chunk.length;
    onProgress?.(read, size);
  });
  if (!isCompressed) {
    yield* source as AsyncIterable<Buffer>;
    return;
  }
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  let inflatedBytes = 0;
  try {
    for await (const chunk of source.pipe(gunzip) as AsyncIterable<Buffer>) {
      inflatedBytes += chunk.length;
      if (inflatedBytes > mostInflatedBytes) throw tooLarge();
      yield chunk;
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code?.startsWith('Z_') !== true) throw cause;
    throw new AppError('unprocessable', 'Tệp .gz bị hỏng hoặc bị cắt cụt. (The gzip file is broken.)', { cause });
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

/** GDAL wants a plain file with a telling name. */
async function inflated(file: string, options: BoundaryFileOptions): Promise<string> {
  const plain = join(options.workDir, `plain${extensionOf(file).replace(/\.gz$/, '')}`);
  await pipeline(bytesOf(file), createWriteStream(plain, { mode: 0o600 }));
  return plain;
}

function tooLarge(): AppError {
  return new AppError('too_large', 'Tệp nén bung ra quá lớn: từ chối. (The file inflates to too much: refused.)');
}
