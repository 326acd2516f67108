// What the tests need from the system: Chromium, PostgreSQL + PostGIS, GDAL's ogrinfo. On Debian as root they are
// installed with apt; elsewhere we say how. Plain JavaScript: see bootstrap.mjs.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const isRoot = process.getuid?.() === 0;

/** Find or install; whatever is still missing is listed in `leftOut`. */
export function prepareSystem() {
  if ([findChromium(), findPostgres(), findGdal()].includes(undefined)) installWithApt();
  const chromium = findChromium();
  const postgres = findPostgres();
  const leftOut = [];
  if (chromium === undefined) leftOut.push('browser tests: install Chromium or Chrome, or set CHROMIUM_PATH');
  if (postgres === undefined)
    leftOut.push(
      'tests on a PostgreSQL server: install PostgreSQL ≥ 15 with PostGIS ≥ 3.3, or set TEST_DATABASE_URL to a server where databases may be created',
    );
  if (findGdal() === undefined)
    leftOut.push("reading tiles back with GDAL: install GDAL's command-line tools (ogrinfo)");
  return { chromium, postgres, leftOut };
}

function installWithApt() {
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return;
  console.log('Installing Chromium, PostgreSQL + PostGIS and GDAL with apt…');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  spawnSync(
    'apt-get',
    [
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      'chromium',
      'postgresql',
      'postgresql-postgis',
      'gdal-bin',
      'fonts-dejavu-core',
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env,
    },
  );
}

function findChromium() {
  const places = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return places.find((path) => path !== undefined && existsSync(path));
}

function findGdal() {
  return spawnSync('ogrinfo', ['--version']).status === 0 ? 'ogrinfo' : undefined;
}

/** Directory of a PostgreSQL ≥ 15's programs whose server has PostGIS; or the address in TEST_DATABASE_URL. */
function findPostgres() {
  if (process.env.TEST_DATABASE_URL) return { url: process.env.TEST_DATABASE_URL };
  const base = '/usr/lib/postgresql';
  const versions = existsSync(base)
    ? readdirSync(base)
        .map(Number)
        .filter((version) => version >= 15)
        .sort((a, b) => b - a)
    : [];
  const version = versions.find(
    (candidate) =>
      existsSync(`/usr/share/postgresql/${candidate}/extension/postgis.control`) &&
      existsSync(`${base}/${candidate}/bin/initdb`),
  );
  return version === undefined ? undefined : { bin: `${base}/${version}/bin` };
}

/** A private server in a temporary directory; PostgreSQL refuses to run as root, so root starts it as `postgres`. */
export function startTestServer(postgres, settings = []) {
  if (postgres.url !== undefined) return { url: postgres.url, stop: () => {} };
  const directory = mkdtempSync(join(tmpdir(), 'diemnong-postgres-'));
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const as = (program, ...args) => {
    const command = [join(postgres.bin, program), ...args];
    const result = isRoot
      ? spawnSync('runuser', ['-u', 'postgres', '--', ...command], { cwd: '/', encoding: 'utf8' })
      : spawnSync(command[0], command.slice(1), { encoding: 'utf8' });
    if (result.status !== 0) throw new Error(`${program} failed: ${result.stdout}${result.stderr}`);
  };
  if (isRoot) spawnSync('chown', ['postgres', directory]);
  const data = join(directory, 'data');
  as('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8');
  as(
    'pg_ctl',
    '-D',
    data,
    '-w',
    '-l',
    join(directory, 'log'),
    '-o',
    `-p ${port} -k ${directory} -c listen_addresses=127.0.0.1 -c max_connections=60${settings.map((setting) => ` -c ${setting}`).join('')}`,
    'start',
  );
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: () => {
      try {
        as('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    },
  };
}
