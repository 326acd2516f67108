import { resolve } from 'node:path';
import { AppError } from '@diemnong/contracts';

/** What the environment says, read once. See README, "Configuration". */
export type Configuration = {
  /** PostgreSQL ≥ 15 with PostGIS ≥ 3.3; undefined = the embedded engine in `dataDir`. */
  databaseUrl: string | undefined;
  dataDir: string;
  host: string;
  port: number;
  /** true / false when DEMO is set; undefined = on an empty embedded database only. */
  demo: boolean | undefined;
  /** Path of a PMTiles file. */
  basemap: string | undefined;
  logLevel: string;
};

export function readConfiguration(environment: NodeJS.ProcessEnv = process.env): Configuration {
  const text = (name: string) => environment[name]?.trim() || undefined;
  const port = Number(text('PORT') ?? 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new AppError('invalid_input', `PORT is "${text('PORT')}"; expected a number from 0 to 65535`);
  const demo = text('DEMO');
  if (demo !== undefined && demo !== '0' && demo !== '1')
    throw new AppError('invalid_input', `DEMO is "${demo}"; expected 0 or 1`);
  const databaseUrl = text('DATABASE_URL');
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(databaseUrl))
    throw new AppError('invalid_input', 'DATABASE_URL does not begin with postgres:// or postgresql://');
  const basemap = text('BASEMAP');
  return {
    databaseUrl,
    dataDir: resolve(text('DATA_DIR') ?? '.diemnong'),
    host: text('HOST') ?? '127.0.0.1',
    port,
    demo: demo === undefined ? undefined : demo === '1',
    basemap: basemap === undefined ? undefined : resolve(basemap),
    logLevel: text('LOG_LEVEL') ?? 'info',
  };
}
