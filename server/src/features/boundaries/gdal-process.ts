/**
 * GDAL in WebAssembly (gdal3.js, LGPL-2.1-or-later) in a process of its own: its memory, its crashes and its licence stay
 * here, and only read-with-gdal.ts knows that it exists. Sees two folders of the machine: that of the file it reads, and that
 * of its output. Takes one task by message, answers it, ends.
 */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { GdalAnswer, GdalTask } from './read-with-gdal.ts';

type Dataset = { path: string };
type Gdal = {
  open(file: string, options: string[]): Promise<{ datasets: Dataset[]; errors: unknown[] }>;
  ogrinfo(dataset: Dataset, options: string[]): Promise<{ layers?: OgrLayer[] }>;
  ogr2ogr(dataset: Dataset, options: string[], outputName: string): Promise<{ real: string }>;
};
type OgrLayer = {
  name: string;
  featureCount: number;
  fields: { name: string }[];
  geometryFields: { type: string; coordinateSystem: { projjson?: object; wkt?: string } | null }[];
};

const require = createRequire(import.meta.url);
const words: string[] = [];

process.on('disconnect', () => process.exit(1));
process.once('message', (task: GdalTask) => {
  answer(task).then(
    (value) => process.send?.({ value } satisfies GdalAnswer, () => process.exit(0)),
    (error: unknown) => process.send?.({ failed: inWords(error) } satisfies GdalAnswer, () => process.exit(0)),
  );
});

async function answer(task: GdalTask): Promise<NonNullable<GdalAnswer['value']>> {
  const gdal = await loadGdal(task.kind === 'convert' ? task.outputDir : undefined);
  const { datasets } = await gdal.open(task.file.replaceAll('\\', '/'), task.openOptions);
  const [dataset] = datasets;
  if (dataset === undefined) throw new Error('no dataset');
  if (task.kind === 'describe') {
    const { layers = [] } = await gdal.ogrinfo(dataset, ['-so', '-nomd']);
    return {
      layers: layers.map(({ name, featureCount, fields, geometryFields }) => ({
        name,
        featureCount,
        fields: fields.map((field) => field.name),
        geometryType: geometryFields[0]?.type ?? 'None',
        crs: geometryFields[0]?.coordinateSystem?.projjson ?? null,
      })),
    };
  }
  const options = ['-f', 'GeoJSONSeq', '-t_srs', 'EPSG:4326', '-dim', 'XY', '-nlt', 'CONVERT_TO_LINEAR'];
  options.push('-lco', 'COORDINATE_PRECISION=15');
  if (task.sourceCrs !== undefined) options.push('-s_srs', task.sourceCrs);
  const { real } = await gdal.ogr2ogr(dataset, [...options, task.layer], 'features');
  return { file: real };
}

async function loadGdal(outputDir: string | undefined): Promise<Gdal> {
  // gdal3.js reads its data file relative to the working directory, whatever path it is given.
  process.chdir(dirname(require.resolve('gdal3.js')));
  const load = require('gdal3.js/node.js') as (config: object) => Promise<Gdal>;
  return load({
    path: '.',
    dest: outputDir?.replaceAll('\\', '/'),
    useWorker: false,
    logHandler: () => {},
    errorHandler: (text: string) => words.push(text),
  });
}

/** gdal3.js rejects with a list, an object or an Error; GDAL itself speaks on its error stream. */
function inWords(error: unknown): string {
  const messages = [error].flat().map((one) => (one as { message?: string } | undefined)?.message ?? String(one));
  return [...new Set([...messages, ...words])].filter(Boolean).join('; ').slice(0, 1000) || 'no format GDAL knows';
}
