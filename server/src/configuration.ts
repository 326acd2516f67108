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
  /** Password of the first administrator, when there is no account yet and no demonstration. */
  adminPassword: string | undefined;
  /** Address people type, when a proxy with TLS stands in front: cookies are then `Secure`. No slash at the end. */
  publicUrl: string | undefined;
  /** Number of proxies in front whose X-Forwarded-For is believed; 0 = none. */
  trustProxy: number;
  oidc: OidcConfiguration | undefined;
  /** Path of a PMTiles file. */
  basemap: string | undefined;
  logLevel: string;
};

export type OidcConfiguration = { issuer: string; clientId: string; clientSecret: string; name: string };

/** Do people reach the server over TLS? Then cookies are `Secure`. */
export function isBehindTls({ publicUrl }: Pick<Configuration, 'publicUrl'>): boolean {
  return publicUrl?.startsWith('https:') === true;
}

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
  const trustProxy = Number(text('TRUST_PROXY') ?? 0);
  if (!Number.isInteger(trustProxy) || trustProxy < 0 || trustProxy > 5)
    throw new AppError(
      'invalid_input',
      `TRUST_PROXY is "${text('TRUST_PROXY')}"; expected a number of proxies, 0 to 5`,
    );
  const basemap = text('BASEMAP');
  return {
    databaseUrl,
    dataDir: resolve(text('DATA_DIR') ?? '.diemnong'),
    host: text('HOST') ?? '127.0.0.1',
    port,
    demo: demo === undefined ? undefined : demo === '1',
    adminPassword: text('ADMIN_PASSWORD'),
    publicUrl: readOrigin('PUBLIC_URL', text('PUBLIC_URL')),
    trustProxy,
    oidc: readOidc(text),
    basemap: basemap === undefined ? undefined : resolve(basemap),
    logLevel: text('LOG_LEVEL') ?? 'info',
  };
}

function readOrigin(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.parse(value);
  if (url === null || !/^https?:$/.test(url.protocol) || url.pathname !== '/')
    throw new AppError('invalid_input', `${name} is "${value}"; expected an address like https://diemnong.example.vn`);
  return url.origin;
}

function readOidc(text: (name: string) => string | undefined): OidcConfiguration | undefined {
  const issuer = text('OIDC_ISSUER');
  if (issuer === undefined) return undefined;
  const clientId = text('OIDC_CLIENT_ID');
  const clientSecret = text('OIDC_CLIENT_SECRET');
  if (clientId === undefined || clientSecret === undefined || text('PUBLIC_URL') === undefined)
    throw new AppError(
      'invalid_input',
      'OIDC_ISSUER is set: OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and PUBLIC_URL are needed with it',
    );
  return { issuer, clientId, clientSecret, name: text('OIDC_NAME') ?? 'OpenID Connect' };
}
