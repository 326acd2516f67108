import type { ColumnMap, IncidentField } from '@diemnong/contracts';
import type { Row } from '../reading/row-source.ts';
import { cellText } from './cell-text.ts';
import { parseDecimal } from './coordinates.ts';
import { personHeadingKind } from './person-headings.ts';
import { textKey } from './text-key.ts';

const SAMPLES_SHOWN = 3;
const SAMPLE_LENGTH = 60;

/**
 * Headings offices use, as `textKey` gives them, the best first: of two columns that could fill a field, the one whose
 * heading stands earlier here does. 'X' and 'Y' are not here: their values decide (see `resolveAxes`).
 */
const headingKeys: Record<IncidentField, string> = {
  reference:
    'so ho so|ma ho so|ma vu|ma vu viec|so vu viec|so vu|ma so vu viec|so thu ly|so tin bao|ma tin bao|so hieu|so hieu vu viec|so ky hieu|reference|reference number|ref|ref no|case number|case no|case id|incident number|incident id|record id|uid|id|ma so|ma',
  category:
    'loai vu viec|loai vu|loai su viec|loai toi pham|loai an|toi danh|loai toi danh|nhom toi danh|hanh vi vi pham|hanh vi|loai hinh|loai hinh vu viec|phan loai|phan loai vu viec|nhom vu viec|linh vuc|danh muc|chung loai|loai|nhom|category|offense type|offence type|crime type|incident type|offense|offence|type|vu viec|su viec',
  occurredFrom:
    'thoi diem xay ra|ngay gio xay ra|thoi gian xay ra|ngay xay ra|ngay gio xay ra vu viec|xay ra tu|xay ra tu ngay|xay ra luc|tu ngay|tu ngay gio|tu luc|thoi gian bat dau|thoi diem bat dau|ngay bat dau|bat dau|ngay phat sinh|thoi diem phat sinh|ngay vi pham|ngay xay ra vu viec|occurred from|occurred at|occurred on|date occurred|incident date|date start|start date|occurred|start|from|datetime|date time|date and time|date single|date|thoi diem|thoi gian|ngay gio|ngay thang nam|ngay thang|ngay',
  occurredTo:
    'xay ra den|xay ra den ngay|den thoi diem|den thoi gian|den ngay|den ngay gio|den luc|thoi gian ket thuc|thoi diem ket thuc|ngay ket thuc|ket thuc|occurred to|date end|end date|until|end|to|den',
  occurredTime: 'gio xay ra|gio phut xay ra|gio xay ra vu viec|gio phut|gio|time occurred|time of day|time|hour',
  reportedAt:
    'ngay tiep nhan|thoi diem tiep nhan|thoi gian tiep nhan|ngay gio tiep nhan|ngay tiep nhan tin|ngay trinh bao|thoi gian trinh bao|ngay bao tin|ngay nhan tin|ngay nhan|reported at|date reported|report date|reported|received at|date received',
  lng: 'kinh do|kd|toa do kinh do|kinh do e|kinh do wgs84|longitude|lng|lon|long|easting|toa do dong|toa do e|point x|lon wgs84',
  lat: 'vi do|vd|toa do vi do|vi do n|vi do wgs84|latitude|lat|northing|toa do bac|toa do n|point y|lat wgs84',
  coordinates:
    'toa do|toa do gps|toa do vi tri|vi tri gps|toa do google map|toa do google maps|toa do diem|vi do kinh do|kinh do vi do|coordinates|coordinate|lat lng|lat lon|lat long|latlng|gps|location',
  communeName:
    'xa phuong|phuong xa|xa phuong thi tran|xa phuong dac khu|xa phuong noi xay ra|ten xa phuong|ten xa|ten phuong|xa|phuong|don vi cap xa|don vi hanh chinh cap xa|don vi hanh chinh|dia ban xa phuong|dia ban cap xa|dia ban xay ra|dia ban|thuoc xa|thuoc xa phuong|commune name|commune|ward name|ward|commune ward',
  communeCode:
    'ma xa|ma xa phuong|ma phuong xa|ma phuong|ma don vi hanh chinh|ma dvhc|ma dvhc cap xa|ma dia ban|commune code|ward code|commune id',
  precision:
    'do chinh xac|do chinh xac vi tri|muc do chinh xac|muc chinh xac|muc do chinh xac vi tri|muc do vi tri|location precision|precision|place precision|accuracy',
  state:
    'trang thai|trang thai xu ly|trang thai giai quyet|trang thai vu viec|tinh trang|tinh trang xu ly|tinh trang giai quyet|ket qua giai quyet|ket qua xu ly|ket qua|status|state',
  resolvedAt:
    'ngay giai quyet|ngay giai quyet xong|thoi diem giai quyet|thoi gian giai quyet|ngay xu ly|ngay xu ly xong|ngay ket luan|ngay hoan thanh|resolved at|date resolved|resolved on|resolved|closed at|date closed',
};

/** Longer headings ("Thời điểm xảy ra vụ việc (dd/mm/yyyy)"), tried in this order when no key fits whole. */
const headingPatterns: readonly [RegExp, IncidentField][] = [
  [/\bkinh do\b.*\bvi do\b|\bvi do\b.*\bkinh do\b|\blat\w*\b.*\b(?:lng|lon|long|longitude)\b/, 'coordinates'],
  [/\bkinh do\b|\blongitude\b/, 'lng'],
  [/\bvi do\b|\blatitude\b/, 'lat'],
  [/^toa do (?!x\b|y\b)/, 'coordinates'],
  [/^ma (?:xa|phuong|dvhc|don vi hanh chinh)\b/, 'communeCode'],
  [/\b(?:ngay|thoi diem|thoi gian|ngay gio) (?:tiep nhan|trinh bao|nhan tin)\b/, 'reportedAt'],
  [/\b(?:ngay|thoi diem|thoi gian|ngay gio) (?:giai quyet|xu ly|ket luan)\b/, 'resolvedAt'],
  [/\b(?:den ngay|den thoi diem|ket thuc|xay ra den)\b/, 'occurredTo'],
  [/^gio\b.*\bxay ra\b/, 'occurredTime'],
  [/\b(?:ngay|thoi diem|thoi gian|ngay gio)\b.*\b(?:xay ra|phat sinh|bat dau)\b|^tu ngay\b|^tu luc\b/, 'occurredFrom'],
  [/^(?:so ho so|ma ho so|so vu|ma vu|so thu ly|so tin bao)\b/, 'reference'],
  [/^(?:loai|phan loai|nhom) (?:vu|an|toi|hanh|hinh|su)\b|^toi danh\b|^hanh vi\b/, 'category'],
  [/^(?:ten )?(?:xa|phuong)\b|^(?:dia ban|noi xay ra) (?:xa|phuong|cap xa)\b/, 'communeName'],
  [/^(?:muc )?do chinh xac\b/, 'precision'],
  [/^(?:trang thai|tinh trang)\b/, 'state'],
];

type Found = { field: IncidentField; rank: number };
const byKey = new Map<string, Found>();
for (const [field, keys] of Object.entries(headingKeys)) {
  for (const [rank, key] of keys.split('|').entries()) byKey.set(key, { field: field as IncidentField, rank });
}

/** Headings that mean nothing here but do mark a heading row. */
const otherHeadings = new Set(
  'stt|tt|so tt|so thu tu|ghi chu|dia chi|dia diem|noi dung|mo ta|noi xay ra|don vi|thon|xom|thon xom|no|note|notes|address|huyen|tinh|quan huyen'.split(
    '|',
  ),
);

/** Without what stands in brackets and units: "Ngày xảy ra (dd/mm/yyyy)" → "ngay xay ra". */
const keyOf = (heading: string) => textKey(heading);
const bareKeyOf = (heading: string) => textKey(heading.replace(/[([{][^)\]}]*[)\]}]/g, ' '));

function findField(heading: string): Found | null {
  if (heading.length > 120 || personHeadingKind(heading) !== null) return null;
  const key = keyOf(heading);
  const exact = byKey.get(key) ?? byKey.get(bareKeyOf(heading));
  if (exact) return exact;
  const pattern = headingPatterns.findIndex(([found]) => found.test(key));
  return pattern < 0 ? null : { field: headingPatterns[pattern][1], rank: 1000 + pattern };
}

/** 'x' or 'y' for a heading that is an axis and no more: "X", "Toạ độ X (m)", "y_vn2000". */
function axisOf(heading: string): 'x' | 'y' | null {
  const found = /^(?:(?:toa do|tdo|coord|td) )?([xy])(?: (?:m|vn2000|vn 2000|coord|toa do|utm|wgs84))*$/.exec(
    keyOf(heading),
  );
  return found ? (found[1] as 'x' | 'y') : null;
}

/** Whether a cell reads like a heading of an incident file; used to find the heading row. */
export function isKnownHeading(heading: string): boolean {
  return (
    findField(heading) !== null ||
    axisOf(heading) !== null ||
    otherHeadings.has(keyOf(heading)) ||
    personHeadingKind(heading) !== null
  );
}

export type RecognisedColumns = {
  /** field → heading. */
  map: ColumnMap;
  /** Every column of the file in order, with up to three sample values as text. */
  columns: { heading: string; field: IncidentField | null; samples: string[] }[];
};

/**
 * Which column holds which field, by heading (Vietnamese or English, any accents, case and spacing) and, for X and Y, by
 * the size of the sample values (field sheets write X for northing). A saved mapping wins where its headings are present;
 * a field saved as '' is not read at all. A heading fills one field, a field has one heading.
 */
export function recogniseColumns(
  headings: readonly string[],
  sampleRows: readonly Row[],
  saved: ColumnMap = {},
): RecognisedColumns {
  const fieldOf: (IncidentField | null)[] = headings.map(() => null);
  const closed = new Set<IncidentField>();
  for (const [field, heading] of Object.entries(saved) as [IncidentField, string][]) {
    if (heading === '') {
      closed.add(field);
      continue;
    }
    const exact = headings.indexOf(heading);
    const at = exact >= 0 ? exact : headings.findIndex((other) => textKey(other) === textKey(heading));
    if (at < 0 || fieldOf[at] !== null) continue;
    fieldOf[at] = field;
    closed.add(field);
  }

  const found = headings
    .map((heading, at) => ({ at, ...(findField(heading) ?? { field: null, rank: 0 }) }))
    .filter((candidate) => candidate.field !== null && fieldOf[candidate.at] === null)
    .sort((a, b) => a.rank - b.rank || a.at - b.at);
  for (const { at, field } of found) {
    if (field === null || closed.has(field)) continue;
    fieldOf[at] = field;
    closed.add(field);
  }
  resolveAxes(headings, sampleRows, fieldOf, closed);
  // A pair in one column is read only when the two axes have no columns of their own.
  if (closed.has('lng') && closed.has('lat') && saved.coordinates === undefined) {
    const at = fieldOf.indexOf('coordinates');
    if (at >= 0) fieldOf[at] = null;
  }

  const map: ColumnMap = {};
  for (const [at, field] of fieldOf.entries()) if (field !== null) map[field] = headings[at] ?? '';
  return {
    map,
    columns: headings.map((heading, at) => ({
      heading,
      field: fieldOf[at] ?? null,
      samples: samplesOf(sampleRows, at),
    })),
  };
}

function samplesOf(rows: readonly Row[], at: number): string[] {
  const samples: string[] = [];
  for (const { cells } of rows) {
    const text = cellText(cells[at]).trim().slice(0, SAMPLE_LENGTH);
    if (text !== '' && !samples.includes(text)) samples.push(text);
    if (samples.length === SAMPLES_SHOWN) break;
  }
  return samples;
}

/**
 * "X" and "Y". Values in degrees: the larger is the longitude. In metres: the larger is the northing (Viet Nam: northing
 * 0.9–2.6 million, easting 0.1–0.9 million), whichever letter it bears. Values that say nothing: X = longitude in degrees'
 * sense; the fit to the boundaries finds swapped axes later.
 */
function resolveAxes(
  headings: readonly string[],
  rows: readonly Row[],
  fieldOf: (IncidentField | null)[],
  closed: Set<IncidentField>,
) {
  if (closed.has('lng') || closed.has('lat')) return;
  const axisAt = (axis: 'x' | 'y') =>
    headings.findIndex((heading, at) => fieldOf[at] === null && axisOf(heading) === axis);
  const x = axisAt('x');
  const y = axisAt('y');
  if (x < 0 || y < 0) return;
  const isXLarger = median(rows, x) > median(rows, y);
  const isMetres = Math.max(median(rows, x), median(rows, y)) > 1000;
  const hasValues = !Number.isNaN(median(rows, x)) && !Number.isNaN(median(rows, y));
  const isXNorthing = hasValues && (isMetres ? isXLarger : !isXLarger);
  fieldOf[x] = isXNorthing ? 'lat' : 'lng';
  fieldOf[y] = isXNorthing ? 'lng' : 'lat';
  closed.add('lng').add('lat');
}

function median(rows: readonly Row[], at: number): number {
  const values = rows
    .map(({ cells }) => cells[at] ?? null)
    .map((cell) => (typeof cell === 'number' ? cell : parseDecimal(cellText(cell))))
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** What a map lacks before rows can be read: needs a category, a date, and coordinates or a commune. [] when complete. */
export function missingFields(map: ColumnMap): ('category' | 'date' | 'place')[] {
  const missing: ('category' | 'date' | 'place')[] = [];
  if (!map.category) missing.push('category');
  if (!map.occurredFrom) missing.push('date');
  if (!(map.lng && map.lat) && !map.coordinates && !map.communeName && !map.communeCode) missing.push('place');
  return missing;
}
