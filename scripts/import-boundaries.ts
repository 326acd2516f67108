/**
 * Import commune boundaries as a named, dated boundary set.
 * Usage: npm run import-boundaries -- FILE --set ID --valid-from YYYY-MM-DD [options]; --help lists them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  AppError,
  type BoundaryImport,
  BoundaryOptions,
  type BoundaryReport,
  postBoundaryImport,
} from '@diemnong/contracts';
import { convertToGeoJson, readableFiles } from '../server/src/features/boundaries/boundary-files.ts';
import { importBoundaries, type ParsedBoundaryOptions } from '../server/src/features/boundaries/import-boundaries.ts';
import {
  askServer,
  type ChoreServer,
  choreRunner,
  createProgressBar,
  inputFile,
  openChore,
  type ProgressBar,
  readCommandLine,
  runChore,
  sendFile,
} from './chore.ts';

const usage = `Nhập ranh giới xã, phường vào một bộ ranh giới có tên và ngày hiệu lực.

  npm run import-boundaries -- TỆP --set MÃ --valid-from NĂM-THÁNG-NGÀY [tuỳ chọn]

TỆP: ${readableFiles}
  --set MÃ                mã của bộ ranh giới, ví dụ 2025-07
  --name TÊN              tên bộ ranh giới (mặc định: mã)
  --valid-from NGÀY       ngày bắt đầu hiệu lực, ví dụ 2025-07-01
  --valid-to NGÀY         ngày hết hiệu lực (không tính ngày này)
  --code-field TRƯỜNG     trường chứa mã xã
  --name-field TRƯỜNG     trường chứa tên xã, có hoặc không có "Xã", "Phường" đứng trước
  --kind-field TRƯỜNG     trường chứa loại (xã, phường, thị trấn, đặc khu)
  --province-field TRƯỜNG trường chứa mã hoặc tên tỉnh
  --province MÃ           mã tỉnh cho mọi xã, khi tệp không có trường tỉnh
  --population-field TRƯỜNG  trường chứa số dân
  --layer LỚP             tên lớp, khi tệp có nhiều lớp
  --crs HỆ                auto (như tệp khai), EPSG:n hoặc vn2000:<kinh tuyến trục>
  --json                  in báo cáo dạng JSON`;

const stateLabels: Record<BoundaryImport['state'], string> = {
  reading: 'Đọc tệp',
  checking: 'Kiểm tra',
  filling: 'Phủ ô H3',
  committed: 'Xong',
  refused: 'Từ chối',
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
  const startedAt = performance.now();
  const chore = await openChore();
  let report: BoundaryReport;
  try {
    report =
      chore.kind === 'server'
        ? await importThroughServer(chore.server, file, options, progress)
        : await importBoundaries(chore.db, {
            file,
            options,
            by: choreRunner(),
            onProgress: ({ state, done, total }) => progress.show(stateLabels[state], done, total),
          });
  } finally {
    progress.clear();
    if (chore.kind === 'database') await chore.db.close();
  }
  console.log(values.json ? JSON.stringify(report) : summary(report, (performance.now() - startedAt) / 1000));
  return report.communes > 0 ? 0 : 1;
});

function readArguments() {
  const text = { type: 'string' } as const;
  return readCommandLine(
    () =>
      parseArgs({
        allowPositionals: true,
        options: {
          set: text,
          name: text,
          'valid-from': text,
          'valid-to': text,
          'code-field': text,
          'name-field': text,
          'kind-field': text,
          'province-field': text,
          'population-field': text,
          province: text,
          layer: text,
          crs: text,
          json: { type: 'boolean' },
          help: { type: 'boolean', short: 'h' },
        },
      }),
    usage,
  );
}

function readOptions(values: ReturnType<typeof readArguments>['values']): ParsedBoundaryOptions {
  const result = BoundaryOptions.safeParse({
    set: values.set,
    name: values.name,
    validFrom: values['valid-from'],
    validTo: values['valid-to'],
    codeField: values['code-field'],
    nameField: values['name-field'],
    kindField: values['kind-field'],
    provinceField: values['province-field'],
    populationField: values['population-field'],
    province: values.province,
    layer: values.layer,
    crs: values.crs,
  });
  if (result.success) return result.data;
  const flag = (path: PropertyKey[]) => `--${path.join('.').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const issues = result.error.issues.map(({ path, message }) => `${flag(path)}: ${message}`);
  throw new AppError('invalid_input', `${issues.join('\n')}\n\n${usage}`);
}

/** The server that holds the database does the work; a Shapefile, which is several files, goes there as one. */
async function importThroughServer(
  server: ChoreServer,
  file: string,
  options: ParsedBoundaryOptions,
  progress: ProgressBar,
): Promise<BoundaryReport> {
  const workDir = await mkdtemp(join(tmpdir(), 'diemnong-'));
  try {
    const isShapefile = extname(file).toLowerCase() === '.shp';
    const { id } = isShapefile
      ? await sendFile<{ id: string }>(
          server,
          postBoundaryImport.path,
          { ...options, crs: 'auto', layer: undefined },
          await convertToGeoJson(file, { layer: options.layer, crs: options.crs, workDir }),
        )
      : await sendFile<{ id: string }>(server, postBoundaryImport.path, options, file);
    for (;;) {
      const job = await askServer<BoundaryImport>(server, `${postBoundaryImport.path}/${id}`);
      if (job.report !== null) return job.report;
      if (job.error !== null) throw new AppError(job.error.code as AppError['code'], job.error.message);
      progress.show(stateLabels[job.state], job.done, job.total);
      await new Promise((next) => setTimeout(next, 250));
    }
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

function summary(report: BoundaryReport, seconds: number): string {
  const number = (value: number, digits = 0) => value.toLocaleString('vi-VN', { maximumFractionDigits: digits });
  const lines: string[] = [];
  const list = (title: string, items: string[]) => {
    if (items.length === 0) return;
    lines.push(title, ...items.slice(0, 10).map((item) => `  - ${item}`));
    if (items.length > 10) lines.push(`  … và ${items.length - 10} mục nữa`);
  };
  lines.push(
    report.unchanged
      ? `Bộ ranh giới ${report.set} đã có với đúng nội dung này: không thay đổi gì.`
      : `Đã nhập bộ ranh giới ${report.set}: ${number(report.communes)} xã, phường; ${number(report.areaKm2, 1)} km²; tỉnh ${report.provinces.join(', ')} (${number(seconds, 1)} giây).`,
  );
  if (report.demoRemoved) lines.push('Đã xoá tỉnh mô phỏng.');
  lines.push(
    `Ô H3 (mức 7, 8, 9): ${number(report.cells.owned)} ô thuộc xã, ${number(report.cells.touching)} ô chạm ranh giới.`,
  );
  list(
    `Đã sửa ${number(report.repaired.length)} đường biên:`,
    report.repaired.map(
      ({ code, reason, at, areaChangeM2 }) =>
        `${code}: ${reason}${at === null ? '' : ` tại ${at.map((value) => value.toFixed(6)).join(', ')}`}; diện tích đổi ${number(areaChangeM2, 1)} m²`,
    ),
  );
  list(
    `Bị loại ${number(report.rejected.length)} đối tượng:`,
    report.rejected.map(({ feature, reason }) => `đối tượng ${feature}: ${reason}`),
  );
  list(
    `Chồng lấn: ${number(report.overlaps.pairs)} cặp, ${number(report.overlaps.areaM2, 1)} m².`,
    report.overlaps.largest.map(({ a, b, areaM2 }) => `${a} và ${b}: ${number(areaM2, 1)} m²`),
  );
  list(
    `Khe hở: ${number(report.gaps.count)}, ${number(report.gaps.areaM2, 1)} m².`,
    report.gaps.largest.map(
      ({ areaM2, at }) => `${number(areaM2, 1)} m² tại ${at.map((value) => value.toFixed(6)).join(', ')}`,
    ),
  );
  list('Cảnh báo:', report.warnings);
  return lines.join('\n');
}
