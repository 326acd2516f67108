/**
 * Import a file of incidents.
 * Usage: npm run import -- FILE --office CODE [options]; --help lists them.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { AppError, type ImportBatch, ImportMapping, ImportOptions, postImport } from '@diemnong/contracts';
import type { Database } from '../server/src/database/open-database.ts';
import { createVersionWatch } from '../server/src/database/version-watch.ts';
import { writeErrorWorkbook } from '../server/src/features/imports/error-workbook.ts';
import {
  commit,
  drop,
  recoverImports,
  settle,
  startImport,
  watchBatch,
} from '../server/src/features/imports/import-jobs.ts';
import { errorRows } from '../server/src/features/imports/imports-handlers.ts';
import { createLog } from '../server/src/log.ts';
import {
  askServer,
  type ChoreServer,
  choreRunner,
  createProgressBar,
  fetchFromServer,
  inputFile,
  openChore,
  type ProgressBar,
  readCommandLine,
  runChore,
  sendFile,
} from './chore.ts';

const usage = `Nhập một tệp vụ việc: CSV, Excel (.xlsx) hoặc GeoJSON.

  npm run import -- TỆP --office MÃ [tuỳ chọn]

  --office MÃ       mã đơn vị gửi tệp; đơn vị mới được tạo tự động
  --kind LOẠI       incidents (mặc định)
  --map MAP.json    {"columns": {trường: tiêu đề}, "categories": {giá trị: mã loại}}
  --crs HỆ          auto (mặc định), EPSG:n hoặc vn2000:<kinh tuyến trục>, ví dụ vn2000:105.5
  --sheet TÊN       trang tính, khi sổ Excel có nhiều trang
  --replaces LÔ     auto (mặc định), none, hoặc mã lô mà tệp này thay thế
  --yes             ghi ngay, không hỏi lại
  --json            in kết quả dạng JSON`;

type ParsedOptions = ReturnType<typeof ImportOptions.parse>;
type Outcome = Omit<ImportBatch, 'dataVersion'>;

/** Where the work is done: in this process, or by the server that holds the embedded database. */
type Desk = {
  start(file: string, options: ParsedOptions): Promise<string>;
  /** Until the batch rests. */
  follow(id: string, progress: ProgressBar): Promise<Outcome>;
  commit(id: string, progress: ProgressBar): Promise<Outcome>;
  /** A batch that nobody committed. @returns how to go on. */
  leave(id: string): Promise<string>;
  saveErrors(id: string, path: string): Promise<void>;
};

await runChore(async () => {
  const { values, positionals } = readArguments();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) throw new AppError('invalid_input', `Cần đúng một tệp.\n\n${usage}`);
  const file = inputFile(path);
  const options = readOptions(values);
  const progress = createProgressBar(!values.json);
  const chore = await openChore();
  const desk = chore.kind === 'server' ? deskAtServer(chore.server) : await deskHere(chore.db);
  try {
    // Time from file to committed: neither the person's answer nor the workbook of rejected rows is in it.
    let seconds = 0;
    const timed = async (work: Promise<Outcome>) => {
      const startedAt = performance.now();
      const outcome = await work;
      seconds += (performance.now() - startedAt) / 1000;
      progress.clear();
      return outcome;
    };
    const startedAt = performance.now();
    const id = await desk.start(file, options);
    seconds = (performance.now() - startedAt) / 1000;
    let batch = await timed(desk.follow(id, progress));
    if (batch.state === 'review') {
      let hint = '';
      if (!values.json) console.log(`${describe(batch)}\n`);
      const errorsFile = await saveErrors(desk, batch, file);
      if (errorsFile !== null && !values.json) console.log(`Các dòng bị từ chối: ${errorsFile}\n`);
      if (!values.json && (await isConfirmed())) batch = await timed(desk.commit(id, progress));
      else hint = await desk.leave(id);
      if (values.json) console.log(JSON.stringify({ ...batch, errorsFile, seconds }));
      else console.log([conclude(batch, seconds), hint].filter(Boolean).join('\n'));
    } else {
      if (!values.json) console.log(conclude(batch, seconds));
      const errorsFile = await saveErrors(desk, batch, file);
      if (values.json) console.log(JSON.stringify({ ...batch, errorsFile, seconds }));
      else if (errorsFile !== null) console.log(`Các dòng bị từ chối: ${errorsFile}`);
    }
    return batch.accepted > 0 || batch.error?.code === 'same_file' ? 0 : 1;
  } finally {
    progress.clear();
    if (chore.kind === 'database') await chore.db.close();
  }
});

/** The rejected rows as a workbook in the folder the command was called from. @returns its path; null when there are none. */
async function saveErrors(desk: Desk, { id, rejected }: Outcome, file: string): Promise<string | null> {
  if (rejected === 0) return null;
  const path = resolve(process.env.INIT_CWD ?? '.', `${stem(file)}-loi.xlsx`);
  await desk.saveErrors(id, path);
  return path;
}

function readArguments() {
  const text = { type: 'string' } as const;
  return readCommandLine(
    () =>
      parseArgs({
        allowPositionals: true,
        options: {
          office: text,
          kind: text,
          map: text,
          crs: text,
          sheet: text,
          replaces: text,
          yes: { type: 'boolean', short: 'y' },
          json: { type: 'boolean' },
          help: { type: 'boolean', short: 'h' },
        },
      }),
    usage,
  );
}

function readOptions(values: ReturnType<typeof readArguments>['values']): ParsedOptions {
  const { office, kind, crs, sheet, replaces, yes } = values;
  const mapping = values.map === undefined ? undefined : readMapping(inputFile(values.map));
  const result = ImportOptions.safeParse({ office, kind, crs, sheet, replaces, mapping, commit: yes ?? false });
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`);
  throw new AppError('invalid_input', `${issues.join('\n')}\n\n${usage}`);
}

function readMapping(path: string): ParsedOptions['mapping'] {
  try {
    return ImportMapping.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new AppError('invalid_input', `--map ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

async function deskHere(db: Database): Promise<Desk> {
  const context = { db, log: createLog('error'), version: createVersionWatch(db) };
  const runner = choreRunner();
  const { scope } = runner;
  if (db.engine === 'embedded') await recoverImports(context); // this process is the only one; on a server it is the server's task
  const follow = async (id: string, progress: ProgressBar) => {
    const unwatch = watchBatch(context, scope, id, (batch) => showProgress(batch, progress));
    const batch = await settle(context, scope, id);
    unwatch?.();
    return batch;
  };
  return {
    async start(file, options) {
      const sha256 = createHash('sha256');
      await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), sha256);
      const { size } = statSync(file);
      return startImport(
        context,
        runner,
        { path: file, fileName: basename(file), bytes: size, sha256: sha256.digest('hex') },
        options,
      );
    },
    follow,
    async commit(id, progress) {
      progress.show('Ghi', 0, null);
      return commit(context, runner, id);
    },
    async leave(id) {
      await drop(context, runner, id);
      return 'Chưa ghi gì vào cơ sở dữ liệu. Để ghi, chạy lại lệnh này với --yes.';
    },
    async saveErrors(id, path) {
      const source = await errorRows(context, scope, id);
      if (source !== undefined) await writeErrorWorkbook(createWriteStream(path), source);
    },
  };
}

function deskAtServer(server: ChoreServer): Desk {
  const address = (id: string) => `${postImport.path}/${id}`;
  return {
    start: async (file, options) => (await sendFile<{ id: string }>(server, postImport.path, options, file)).id,
    async follow(id, progress) {
      for (;;) {
        const batch = await askServer<ImportBatch>(server, address(id));
        if (batch.state !== 'parsing' && batch.state !== 'committing') return batch;
        showProgress(batch, progress);
        await new Promise((next) => setTimeout(next, 250));
      }
    },
    async commit(id, progress) {
      progress.show('Ghi', 0, null);
      return askServer<ImportBatch>(server, `${address(id)}/commit`, { method: 'POST' });
    },
    leave: async () =>
      `Chưa ghi gì vào cơ sở dữ liệu. Xem trước và ghi tại ${server.url}, hoặc chạy lại lệnh này với --yes.`,
    async saveErrors(id, path) {
      const response = await fetchFromServer(server, `${address(id)}/errors.xlsx`);
      if (response.ok && response.body !== null)
        await pipeline(Readable.fromWeb(response.body), createWriteStream(path));
    },
  };
}

function showProgress(batch: Outcome, progress: ProgressBar): void {
  if (batch.state === 'committing') progress.show('Ghi', 0, null);
  else progress.show('Đọc tệp', batch.progress ?? 0, 1);
}

async function isConfirmed(): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('Ghi các dòng này vào cơ sở dữ liệu? [c = có / k = không] ');
  terminal.close();
  return /^\s*(c|có|co|y|yes)\s*$/i.test(answer);
}

/** 'thang10.csv.gz' → 'thang10'. */
function stem(file: string): string {
  return basename(file)
    .replace(/\.gz$/i, '')
    .replace(/\.[^.]+$/, '');
}

function number(value: number): string {
  return value.toLocaleString('vi-VN', { maximumFractionDigits: 1 });
}

/** What was found in the file. */
function describe(batch: Outcome): string {
  const { reading, period, diff } = batch;
  const columns = reading?.columns
    .filter(({ field }) => field !== null)
    .map(({ heading, field }) => `${heading} → ${field}`);
  const lines = [
    `${batch.fileName}: ${number(batch.rows)} dòng; nhận ${number(batch.accepted)}, từ chối ${number(batch.rejected)}.`,
    batch.accepted === 0 ? '' : `Trong ô: ${number(batch.inCells)}; chỉ biết đến xã: ${number(batch.communeOnly)}.`,
    period === null ? '' : `Thời gian: từ ${viDay(period.from)} đến trước ${viDay(period.to)}.`,
    columns === undefined ? '' : `Cột: ${columns.join('; ')}.`,
    reading?.crs == null ? '' : `Hệ toạ độ: ${reading.crs}.`,
    diff === null
      ? ''
      : `Thay thế ${diff.replacedFileName}: thêm ${number(diff.added)}, bớt ${number(diff.removed)}, sửa ${number(diff.changed)}, giữ nguyên ${number(diff.same)}.`,
    ...batch.rejections.map(({ message, rows }) => `  ✗ ${number(rows)} dòng: ${message}`),
    ...batch.warnings.map(({ message }) => `  ! ${message}`),
  ];
  return lines.filter(Boolean).join('\n');
}

/** What has become of it. */
function conclude(batch: Outcome, seconds: number): string {
  const speed = `${number(seconds)} giây, ${number(Math.round(batch.rows / seconds))} dòng/giây`;
  switch (batch.state) {
    case 'committed':
      return `${describe(batch)}\nĐã ghi ${number(batch.accepted)} vụ việc, lô ${batch.id} (${speed}).`;
    case 'refused':
      return `${batch.rows > 0 ? `${describe(batch)}\n` : ''}Không nhập: ${batch.error?.message ?? ''}`;
    default:
      return '';
  }
}

function viDay(day: string): string {
  return day.split('-').reverse().join('/');
}
