import { fork } from 'node:child_process';
import { AppError } from '@diemnong/contracts';
import type { ProjJson } from './source-crs.ts';

export type GdalLayer = {
  name: string;
  /** GDAL's words: `Polygon`, `MultiPolygonZ`, `Unknown (any)`, … */
  geometryType: string;
  featureCount: number;
  fields: string[];
  crs: ProjJson | null;
};

/** What gdal-process.ts is asked, and what it answers. */
export type GdalTask = { file: string; openOptions: string[] } & (
  | { kind: 'describe' }
  | { kind: 'convert'; layer: string; sourceCrs: string | undefined; outputDir: string }
);
export type GdalAnswer = { value?: { layers?: GdalLayer[]; file?: string }; failed?: string };

const patienceMs = 10 * 60_000;

/** Layers of a vector file, as GDAL sees them. Errors: `unprocessable` in GDAL's own words. */
export async function describeWithGdal(file: string, openOptions: string[] = []): Promise<GdalLayer[]> {
  const { layers = [] } = await askGdal({ kind: 'describe', file, openOptions });
  return layers;
}

/**
 * Write one layer as a GeoJSON text sequence in longitude and latitude (EPSG:4326), curves made straight, heights dropped.
 * @param request.sourceCrs forces what the coordinates are; undefined takes the file's own declaration.
 * @returns the path of the file written in `outputDir`, which must be an empty folder.
 * Errors: `unprocessable` in GDAL's own words.
 */
export async function convertWithGdal(
  file: string,
  request: { layer: string; sourceCrs: string | undefined; outputDir: string; openOptions?: string[] },
): Promise<string> {
  const { openOptions = [], ...rest } = request;
  const { file: written } = await askGdal({ kind: 'convert', file, openOptions, ...rest });
  if (written === undefined) throw failed('it wrote no file');
  return written;
}

function askGdal(task: GdalTask): Promise<NonNullable<GdalAnswer['value']>> {
  const child = fork(new URL('./gdal-process.ts', import.meta.url), [], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-2000);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  return new Promise<NonNullable<GdalAnswer['value']>>((done, fail) => {
    child.on('message', ({ value, failed: reason }: GdalAnswer) => {
      if (value !== undefined) done(value);
      else fail(failed(reason ?? 'no answer'));
    });
    child.once('error', (cause) => fail(failed(cause.message)));
    child.once('exit', (code, signal) =>
      fail(failed(words.trim().split('\n').at(-1) || `it ended with ${signal ?? code}`)),
    );
    child.send(task, (cause) => {
      if (cause) fail(failed(cause.message));
    });
  }).finally(() => clearTimeout(timer));
}

function failed(reason: string): AppError {
  return new AppError('unprocessable', `Không đọc được tệp bản đồ: ${reason}. (GDAL could not read the file.)`);
}
