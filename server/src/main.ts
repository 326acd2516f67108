/**
 * Start the server: open the database, create the demonstration province where it is wanted, listen, say where.
 * Every reason not to start is one clear message and exit code 1.
 */
import { mkdirSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { AppError } from '@diemnong/contracts';
import { openSecrets } from './access/secrets.ts';
import { createApp } from './app.ts';
import type { AppContext } from './app-context.ts';
import { type Configuration, isBehindTls, readConfiguration } from './configuration.ts';
import { cleanStaging } from './database/clean-staging.ts';
import type { DataWatch } from './database/data-watch.ts';
import { openDatabase } from './database/open-database.ts';
import { createVersionWatch } from './database/version-watch.ts';
import { createDemonstration } from './demonstration/create-demonstration.ts';
import { addDemonstrationAreas } from './demonstration/demo-areas.ts';
import { prepareAccounts } from './features/accounts/prepare-accounts.ts';
import { watchAlerts } from './features/alerts/alert-watch.ts';
import { watchAreaTasks } from './features/area-tasks/area-task-watch.ts';
import { keepAuditAnchors } from './features/audit/audit-anchors.ts';
import { recoverImports } from './features/imports/import-jobs.ts';
import { createSessionStore } from './features/sessions/session-store.ts';
import { createLog } from './log.ts';
import { createSnapshotStore } from './snapshot/snapshot-store.ts';

try {
  await start(readConfiguration());
} catch (error) {
  console.error(`\nĐiểm Nóng không khởi động được: ${reason(error)}\n`);
  process.exit(1);
}

async function start(configuration: Configuration): Promise<void> {
  const log = createLog(configuration.logLevel);
  mkdirSync(configuration.dataDir, { recursive: true, mode: 0o700 });
  const secrets = openSecrets(configuration.dataDir);
  const db = await openDatabase(configuration);
  // Stop in order whatever the reason: no new requests, running ones finish, then the database.
  const server = createServer();
  const watches: DataWatch[] = [];
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) process.exit(code); // a second signal does not wait
    stopping = true;
    await new Promise<void>((done) => {
      server.close(() => done());
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 5000).unref();
      if (!server.listening) done();
    });
    await Promise.all(watches.map((watch) => watch.stop()));
    await db.close();
    process.exit(code);
  };
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));

  try {
    cleanStaging(db);
    // The address is taken first, so that a port in use is said before any work; until then every answer is "not yet".
    let answer: RequestListener = answerNotYet;
    server.on('request', (request, response) => answer(request, response));
    const url = await listen(server, configuration);
    const version = createVersionWatch(db);
    const context: AppContext = {
      db,
      log,
      configuration,
      secrets,
      version,
      snapshots: createSnapshotStore({ db, log, version }),
      sessions: createSessionStore({ db, log, version }),
    };
    await recoverImports(context);
    const demoAreas = await createDemonstration(context, (text) => console.log(text));
    await prepareAccounts(context, (text) => console.log(text));
    await addDemonstrationAreas(context, demoAreas, (text) => console.log(text));
    await keepAuditAnchors(context);
    answer = createApp(context);
    // The first map should not wait for it; a failure reaches whoever asks next.
    void context.snapshots.current().catch((error: unknown) => log.warn({ err: error }, 'snapshot not built'));
    watches.push(watchAlerts(context), watchAreaTasks(context));
    db.announce(url);
    console.log(`\nĐiểm Nóng đang chạy tại ${url}\n`);
    if (db.engine === 'embedded')
      console.log(
        `Cơ sở dữ liệu nhúng trong ${configuration.dataDir}: để dùng thử và cho một máy đơn. Khi dùng thật, đặt DATABASE_URL tới máy chủ PostgreSQL + PostGIS.\n`,
      );
    if (!isLoopback(configuration.host) && !isBehindTls(configuration))
      console.log(
        'Chú ý: máy chủ nghe ngoài máy này mà không có TLS: mật khẩu đi qua mạng không mã hoá. Đặt máy chủ sau một proxy có TLS và khai PUBLIC_URL=https://…\n',
      );
  } catch (error) {
    await db.close();
    throw error;
  }
}

function isLoopback(host: string): boolean {
  return ['127.0.0.1', 'localhost', '::1'].includes(host);
}

function answerNotYet(...[, response]: Parameters<RequestListener>): void {
  response.writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8', 'Retry-After': '3' });
  response.end('Điểm Nóng đang khởi động… (starting)\n');
}

function listen(server: ReturnType<typeof createServer>, { host, port }: Configuration): Promise<string> {
  return new Promise((done, fail) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const messages: Record<string, string> = {
        EADDRINUSE: `Cổng ${port} trên ${host} đang được chương trình khác dùng: đặt PORT khác. (The port is in use: set another PORT.)`,
        EACCES: `Không được phép mở cổng ${port}: dùng cổng từ 1024 trở lên. (No permission to open this port.)`,
        EADDRNOTAVAIL: `Địa chỉ ${host} không có trên máy này: đặt HOST khác. (HOST is not an address of this machine.)`,
      };
      fail(new AppError('unavailable', messages[cause.code ?? ''] ?? cause.message, { cause }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      const actualPort = typeof address === 'object' && address ? address.port : port;
      done(`http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`);
    });
  });
}

function reason(error: unknown): string {
  if (error instanceof AppError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === '53100') return 'ổ đĩa đã đầy: hãy giải phóng dung lượng. (The disk is full.)';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `không ghi được vào thư mục dữ liệu (${message}): kiểm tra quyền hoặc đặt DATA_DIR khác. (The data directory is not writable.)`;
  if (code === 'EEXIST' || code === 'ENOTDIR')
    return `DATA_DIR không phải là thư mục (${message}). (DATA_DIR is not a directory.)`;
  // knex puts the whole statement before the database's own words.
  if (error instanceof Error && 'severity' in error)
    return `cơ sở dữ liệu báo lỗi ${code}: ${message.split(' - ').at(-1)}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
