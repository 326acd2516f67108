/** Incident files as offices write them: Vietnamese headings, local times, one row per incident. Text only, no disk. */
import { categories } from '../categories.ts';
import { startOfDay, toLocal } from './calendar.ts';
import type { DemoIncident, DemoIncidents } from './incidents.ts';
import { ACCENT_TWINS } from './place-names.ts';
import type { DemoProvince } from './province.ts';
import { at } from './random.ts';

export const OFFICE_HEADINGS = [
  'Số hồ sơ',
  'Loại vụ việc',
  'Thời điểm xảy ra',
  'Đến thời điểm',
  'Thời điểm tiếp nhận',
  'Xã/phường',
  'Độ chính xác vị trí',
  'Kinh độ',
  'Vĩ độ',
  'Trạng thái',
  'Ngày giải quyết',
] as const;

const PRECISION_VI: Record<DemoIncident['precision'], string> = {
  point: 'Toạ độ',
  street: 'Tuyến đường',
  hamlet: 'Thôn, tổ dân phố',
  commune: 'Xã, phường',
  unknown: 'Không rõ',
};
const STATE_VI: Record<DemoIncident['state'], string> = {
  received: 'Đã tiếp nhận',
  verifying: 'Đang xác minh',
  resolved: 'Đã giải quyết',
  transferred: 'Đã chuyển',
};
/** Excel takes a CSV for UTF-8 only when it begins so. */
const BYTE_ORDER_MARK = '\uFEFF';

/** 'dd/mm/yyyy hh:mm' in Việt Nam's time; '' for null. */
export function formatOfficeTime(ms: number | null): string {
  if (ms === null) return '';
  const { year, month, day, hour, minute } = toLocal(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(day)}/${two(month)}/${year} ${two(hour)}:${two(minute)}`;
}

function toCells(row: DemoIncident, communeNames: ReadonlyMap<string, string>): string[] {
  return [
    row.reference,
    categories.find((category) => category.code === row.category)?.nameVi ?? row.category,
    formatOfficeTime(row.occurredFrom),
    formatOfficeTime(row.occurredTo),
    formatOfficeTime(row.reportedAt),
    communeNames.get(row.communeCode) ?? row.communeCode,
    PRECISION_VI[row.precision],
    row.lng === null ? '' : row.lng.toFixed(6),
    row.lat === null ? '' : row.lat.toFixed(6),
    STATE_VI[row.state],
    formatOfficeTime(row.resolvedAt).slice(0, 10),
  ];
}

/** RFC 4180: quoted where a comma, quote or line break asks for it; lines end in CRLF. */
function toCsv(table: readonly (readonly string[])[]): string {
  const quote = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return `${BYTE_ORDER_MARK}${table.map((cells) => `${cells.map(quote).join(',')}\r\n`).join('')}`;
}

function communeNamesOf(province: DemoProvince): Map<string, string> {
  return new Map(
    at(province.boundarySets, 0).communes.features.map(({ properties }) => [properties.code, properties.fullName]),
  );
}

/** The rows as one office would send them, ready to be written to a .csv file. */
export function toOfficeCsv(province: DemoProvince, rows: Iterable<DemoIncident>): string {
  const names = communeNamesOf(province);
  return toCsv([OFFICE_HEADINGS, ...[...rows].map((row) => toCells(row, names))]);
}

export type SampleFlaw = {
  /** Line in the file; the headings are line 1. */
  line: number;
  kind:
    | 'bad_date'
    | 'outside'
    | 'unknown_category'
    | 'ambiguous_commune'
    | 'duplicate_reference'
    | 'swapped_axes'
    | 'pile_up';
  noteVi: string;
};

export type SampleFile = { fileName: string; office: string; text: string; flaws: SampleFlaw[] };

const SAMPLE_ROWS = 60;
const PILE_UP_ROWS = 14;

/**
 * A small file to try the import with: sixty incidents of November 2026, some wrong on purpose.
 * @returns the text and the list of what is wrong where, so that screens and tests can be checked against it.
 */
export function makeSampleFile(province: DemoProvince, incidents: DemoIncidents): SampleFile {
  const { columns } = incidents;
  const names = communeNamesOf(province);
  const from = startOfDay('2026-10-15');
  const rows: DemoIncident[] = [];
  const perOffice = new Map<string, DemoIncident[]>();
  for (let i = columns.count - 1; i >= 0 && at(columns.occurredFrom, i) >= from; i--) {
    const row = incidents.rowAt(i);
    if (row.precision !== 'point' || !row.office.startsWith('CAX-')) continue;
    perOffice.set(row.office, [...(perOffice.get(row.office) ?? []), row]);
  }
  const busiest = [...perOffice.values()].reduce((a, b) => (b.length > a.length ? b : a));
  // The second half of October moved past the end of the data, so that nothing clashes with what is stored.
  const shift = startOfDay('2026-11-01') - from;
  for (let i = 0; i < SAMPLE_ROWS; i++) {
    const row = at(busiest, i % busiest.length);
    rows.push({
      ...row,
      reference: `MAU-2026-9${String(i + 1).padStart(5, '0')}`,
      occurredFrom: row.occurredFrom + shift,
      occurredTo: row.occurredTo === null ? null : row.occurredTo + shift,
      reportedAt: row.reportedAt + shift,
      state: 'received',
      resolvedAt: null,
    });
  }
  const table = rows.map((row) => toCells(row, names));
  const flaws: SampleFlaw[] = [];
  const spoil = (
    index: number,
    kind: SampleFlaw['kind'],
    noteVi: string,
    changes: Partial<Record<(typeof OFFICE_HEADINGS)[number], string>>,
  ) => {
    const cells = at(table, index);
    for (const [heading, value] of Object.entries(changes))
      cells[OFFICE_HEADINGS.findIndex((name) => name === heading)] = value;
    flaws.push({ line: index + 2, kind, noteVi });
  };
  const swapped = at(rows, 40);
  spoil(5, 'bad_date', 'Ngày 31/02 không có trong lịch', { 'Thời điểm xảy ra': '31/02/2026 08:30' });
  spoil(9, 'bad_date', 'Không phải ngày giờ', { 'Thời điểm xảy ra': 'sáng thứ hai' });
  spoil(13, 'outside', 'Toạ độ nằm ngoài địa bàn tỉnh', { 'Kinh độ': '105.120000', 'Vĩ độ': '21.480000' });
  spoil(17, 'unknown_category', 'Loại vụ việc không có trong danh mục', { 'Loại vụ việc': 'Vụ việc kiểu mới' });
  spoil(22, 'ambiguous_commune', `Tên xã không dấu khớp với hai xã ${ACCENT_TWINS.join(' và ')}`, {
    'Xã/phường': 'Tan Hung',
    'Độ chính xác vị trí': PRECISION_VI.commune,
    'Kinh độ': '',
    'Vĩ độ': '',
  });
  spoil(30, 'duplicate_reference', 'Số hồ sơ trùng với dòng 2', { 'Số hồ sơ': at(rows, 0).reference });
  spoil(40, 'swapped_axes', 'Kinh độ và vĩ độ ghi đổi chỗ', {
    'Kinh độ': String(swapped.lat),
    'Vĩ độ': String(swapped.lng),
  });
  const pile = at(rows, SAMPLE_ROWS - PILE_UP_ROWS);
  for (let i = SAMPLE_ROWS - PILE_UP_ROWS; i < SAMPLE_ROWS; i++) {
    spoil(i, 'pile_up', `${PILE_UP_ROWS} vụ cùng một toạ độ`, {
      'Xã/phường': names.get(pile.communeCode) ?? '',
      'Kinh độ': (pile.lng ?? 0).toFixed(6),
      'Vĩ độ': (pile.lat ?? 0).toFixed(6),
    });
  }
  return {
    fileName: 'mau-vu-viec-2026-11.csv',
    office: at(rows, 0).office,
    text: toCsv([OFFICE_HEADINGS, ...table]),
    flaws,
  };
}
