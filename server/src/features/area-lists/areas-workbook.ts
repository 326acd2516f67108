import type { Writable } from 'node:stream';
import type { AreaEvent, AreaEvidence, Fraction, TargetsResponse } from '@diemnong/contracts';
import type exceljs from 'exceljs';
import { textCell } from '../../http/formula-guard.ts';
import { addTextSheet, createSafeWorkbook } from '../../http/safe-workbook.ts';
import type { AreaLine } from '../areas/areas-queries.ts';
import {
  approvalWords,
  eventWords,
  guardrails,
  levelWords,
  measureWords,
  phaseWords,
  readingWords,
  type SheetLanguage,
  simulatedWords,
  stateWords,
  statusWords,
  typesInWords,
} from './sheet-words.ts';

/** After so many rows others get their turn in the event loop. */
const ROWS_PER_TURN = 200;

type Value = string | number | null | undefined;
type Book = exceljs.stream.xlsx.WorkbookWriter;

/** What stands on the last sheet. */
export type SheetFacts = { asOf: string; isSimulated: boolean; lines: string[] };
export type SheetEvent = Omit<AreaEvent, 'canDecide' | 'enteredAt' | 'decidedAt'> & { enteredAt: string };
export type SheetReading = {
  id: string;
  reading: AreaEvidence['reading'];
  before: number | null;
  after: number | null;
  ratio: number | null;
  low: number | null;
  high: number | null;
};

/** "ĐB-014". */
export const codeOf = (number: number) => `ĐB-${String(number).padStart(3, '0')}`;

/**
 * The areas of a selection: list, steps, targets of the year, readings where they were asked for, and what holds for all of it.
 * @param out is ended. Steps come in pages, so that memory stays flat.
 */
export async function writeAreasWorkbook(
  out: Writable,
  {
    areas,
    events,
    targets,
    readings,
    facts,
    language,
  }: {
    areas: readonly AreaLine[];
    events: AsyncIterable<readonly SheetEvent[]>;
    targets: TargetsResponse;
    readings: readonly SheetReading[] | null;
    facts: SheetFacts;
    language: SheetLanguage;
  },
): Promise<void> {
  const workbook = createSafeWorkbook(out);
  const isVi = language === 'vi';
  const areaOf = new Map(areas.map((area) => [area.id, area]));
  await addSheet(
    workbook,
    isVi ? 'Danh sách' : 'List',
    isVi
      ? [
          'Mã',
          'Tên địa bàn',
          'Mã xã',
          'Xã, phường',
          'Loại',
          'Cấp',
          'Trạng thái',
          'Từ ngày',
          'Các năm trong diện',
          'Bước chờ duyệt',
          'Việc cần xem xét',
          'Diện tích (km²)',
        ]
      : [
          'Code',
          'Area',
          'Commune code',
          'Commune',
          'Types',
          'Level',
          'Status',
          'Since',
          'Years listed',
          'Steps waiting',
          'Review tasks',
          'Area (km²)',
        ],
    areas.map((area) => [
      codeOf(area.number),
      area.name,
      area.communeCode,
      area.communeName,
      typesInWords(area.types, language),
      levelWords[language][area.level],
      statusWords[language][area.status],
      area.since,
      area.listedYears.join(', '),
      area.pending,
      area.tasks,
      area.areaKm2 === null ? null : Math.round(area.areaKm2 * 1e4) / 1e4,
    ]),
  );
  await addEvents(workbook, events, language, (id) => {
    const area = areaOf.get(id);
    return area === undefined ? ['', ''] : [codeOf(area.number), area.name];
  });
  await addSheet(
    workbook,
    isVi ? 'Chỉ tiêu' : 'Targets',
    isVi
      ? [
          'Năm',
          'Đến ngày',
          'Chỉ tiêu',
          'Tử số',
          'Mẫu số',
          'Tỷ lệ',
          'Khoảng 95% từ',
          'đến',
          'Mục tiêu',
          'Kết quả',
          'Còn cần',
          'Còn dư',
        ]
      : [
          'Year',
          'As of',
          'Target',
          'Numerator',
          'Denominator',
          'Rate',
          '95% from',
          'to',
          'Target',
          'State',
          'Still needed',
          'Spare',
        ],
    [
      ...targets.byYear,
      // A year without a list has no line of its own.
      ...(targets.byYear.some(({ year }) => year === targets.year)
        ? []
        : [
            {
              year: targets.year,
              on: targets.asOf,
              transformation: targets.transformation,
              noRelapse: targets.noRelapse,
            },
          ]),
    ].flatMap(({ year, on, transformation, noRelapse }) => [
      [year, on, isVi ? 'Chuyển hóa' : 'Transformation', ...fractionCells(transformation, language)],
      [year, on, isVi ? 'Không tái phức tạp' : 'No relapse', ...fractionCells(noRelapse, language)],
    ]),
  );
  if (readings !== null)
    await addSheet(
      workbook,
      isVi ? 'Số liệu' : 'Readings',
      isVi
        ? [
            'Mã',
            'Tên địa bàn',
            'Trạng thái chính thức',
            'Bằng chứng thống kê',
            'Số vụ trước',
            'Số vụ sau',
            'Tỷ số',
            'Khoảng 95% từ',
            'đến',
          ]
        : ['Code', 'Area', 'Official status', 'Statistical reading', 'Before', 'After', 'Ratio', '95% from', 'to'],
      readings.flatMap(({ id, reading, before, after, ratio, low, high }) => {
        const area = areaOf.get(id);
        if (area === undefined) return [];
        const status = statusWords[language][area.status];
        return [
          [codeOf(area.number), area.name, status, readingWords[language][reading], before, after, ratio, low, high],
        ];
      }),
    );
  await addFacts(workbook, facts, language);
  await workbook.commit();
}

/** One area: what it is, its steps, the records month by month, the reading, and what holds for all of it. @param out is ended. */
export async function writeAreaWorkbook(
  out: Writable,
  {
    facts,
    words,
    events,
    evidence,
    language,
  }: {
    facts: SheetFacts;
    /** Lines of two: what, and its value. */
    words: readonly (readonly [string, string])[];
    events: readonly SheetEvent[];
    evidence: AreaEvidence;
    language: SheetLanguage;
  },
): Promise<void> {
  const workbook = createSafeWorkbook(out);
  const isVi = language === 'vi';
  await addSheet(workbook, isVi ? 'Địa bàn' : 'Area', isVi ? ['Mục', 'Nội dung'] : ['Item', 'Value'], words);
  await addEvents(workbook, pageOf(events), language, null);
  await addSheet(
    workbook,
    isVi ? 'Biện pháp' : 'Measures',
    isVi
      ? ['Biện pháp', 'Từ ngày', 'Đến trước ngày', 'Số lượng', 'Ghi chú']
      : ['Measure', 'From', 'Until', 'Quantity', 'Note'],
    events.flatMap(({ measure, inForce, note }) =>
      measure === null || !inForce
        ? []
        : [[measureWords[language][measure.kind], measure.from, measure.to, measure.quantity, note]],
    ),
  );
  await addSheet(
    workbook,
    isVi ? 'Số vụ theo tháng' : 'Records by month',
    isVi
      ? ['Từ ngày', 'Đến trước ngày', 'Số vụ trong địa bàn', 'Giai đoạn']
      : ['From', 'Until', 'Records in the area', 'Phase'],
    evidence.months.map(({ from, to, count, phase }) => [
      from,
      to,
      count ?? (isVi ? 'chưa báo cáo' : 'not reported'),
      phaseWords[language][phase],
    ]),
  );
  await addSheet(workbook, isVi ? 'Số liệu' : 'Evidence', isVi ? ['Mục', 'Giá trị'] : ['Item', 'Value'], [
    [isVi ? 'Bằng chứng thống kê' : 'Statistical reading', readingWords[language][evidence.reading]],
    [isVi ? 'Nhận định' : 'In words', evidence.sentence[language]],
    [isVi ? 'Bắt đầu tính từ' : 'Begins on', evidence.startedOn],
    [isVi ? 'Số liệu đến trước ngày' : 'Records until', evidence.recordsTo],
    [isVi ? 'Số vụ trước' : 'Before', evidence.before?.count],
    [isVi ? 'Số vụ sau' : 'After', evidence.after?.count],
    [isVi ? 'Tỷ số sau/trước' : 'Ratio after/before', evidence.ratio?.ratio],
    [isVi ? 'Khoảng 95% từ' : '95% from', evidence.ratio?.low],
    [isVi ? 'Khoảng 95% đến' : '95% to', evidence.ratio?.high],
    [
      isVi ? 'Nhóm đối chứng' : 'Controls',
      evidence.controls?.isUsable === true ? evidence.controls.areas.length : null,
    ],
    [isVi ? 'Quy tắc' : 'Rule', evidence.rule],
  ]);
  await addFacts(workbook, facts, language);
  await workbook.commit();
}

async function* pageOf<Item>(items: readonly Item[]): AsyncGenerator<readonly Item[]> {
  yield items;
}

async function addSheet(
  workbook: Book,
  name: string,
  headings: readonly string[],
  rows: Iterable<readonly Value[]>,
): Promise<void> {
  const sheet = addTextSheet(workbook, name, headings);
  let written = 0;
  for (const row of rows) {
    sheet.addRow(row.map(cellOf)).commit();
    if (++written % ROWS_PER_TURN === 0) await new Promise((next) => setImmediate(next));
  }
  sheet.commit();
}

function cellOf(value: Value): string | number | null {
  return typeof value === 'string' ? textCell(value) : (value ?? null);
}

async function addEvents(
  workbook: Book,
  pages: AsyncIterable<readonly SheetEvent[]>,
  language: SheetLanguage,
  nameOf: ((areaId: string) => string[]) | null,
): Promise<void> {
  const isVi = language === 'vi';
  const sheet = addTextSheet(workbook, isVi ? 'Sự kiện' : 'Steps', [
    ...(nameOf === null ? [] : isVi ? ['Mã', 'Tên địa bàn'] : ['Code', 'Area']),
    ...(isVi
      ? [
          'Ngày',
          'Bước',
          'Năm danh sách',
          'Số quyết định',
          'Ngày quyết định',
          'Duyệt',
          'Có hiệu lực',
          'Lý do',
          'Ghi chú',
          'Người nhập',
          'Nhập lúc',
          'Người duyệt',
          'Số tệp',
        ]
      : [
          'Day',
          'Step',
          "List's year",
          'Decision',
          'Date of decision',
          'Approval',
          'In force',
          'Reason',
          'Note',
          'Entered by',
          'Entered at',
          'Decided by',
          'Files',
        ]),
  ]);
  for await (const events of pages) {
    for (const event of events) {
      const row: Value[] = [
        ...(nameOf?.(event.areaId) ?? []),
        event.on,
        eventWords[language][event.type],
        event.year,
        event.decisionNumber,
        event.decisionDate,
        approvalWords[language][event.approval],
        event.inForce ? (isVi ? 'có' : 'yes') : isVi ? 'không' : 'no',
        event.reason,
        event.note,
        event.enteredBy,
        event.enteredAt,
        event.decidedBy,
        event.files.length,
      ];
      sheet.addRow(row.map(cellOf)).commit();
    }
    await new Promise((next) => setImmediate(next));
  }
  sheet.commit();
}

async function addFacts(
  workbook: Book,
  { asOf, isSimulated, lines }: SheetFacts,
  language: SheetLanguage,
): Promise<void> {
  const isVi = language === 'vi';
  await addSheet(
    workbook,
    isVi ? 'Ghi chú' : 'Notes',
    [isVi ? 'Ghi chú' : 'Notes'],
    [
      ...(isSimulated ? [[simulatedWords[language]]] : []),
      [isVi ? `Trạng thái đến hết ngày ${asOf.split('-').reverse().join('/')}.` : `Status at the end of ${asOf}.`],
      ...lines.map((line) => [line]),
      ...guardrails[language].map((line) => [line]),
    ],
  );
}

function fractionCells(fraction: Fraction, language: SheetLanguage): Value[] {
  const { numerator, denominator, rate, low, high, target, state, needed, spare } = fraction;
  const text = stateWords[language][state];
  return [numerator, denominator, rounded(rate), rounded(low), rounded(high), target, text, needed, spare];
}

function rounded(share: number | null): number | null {
  return share === null ? null : Math.round(share * 1e4) / 1e4;
}
