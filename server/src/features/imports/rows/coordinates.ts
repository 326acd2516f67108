import type { Cell } from '../reading/row-source.ts';

/**
 * A pair as it stands in the file: x = longitude or easting, y = latitude or northing; NaN when there is none. Reused
 * between calls for speed.
 */
export type Position = { x: number; y: number };

export type CoordinateProblem = 'bad_coordinate' | 'half_coordinate' | 'not_a_point' | 'axis_mismatch';

/** Which way a letter points: in Vietnamese B, N, Đ, T (Bắc, Nam, Đông, Tây), in English N, S, E, W. */
type Letter = 'b' | 'n' | 's' | 'đ' | 'e' | 't' | 'w' | '';
type Reading = { value: number; letter: Letter };

const geometryNames = /^(?:multi)?(?:point|linestring|polygon)$|^geometrycollection$/i;

/**
 * A number with point or comma for decimals, thousands separated by the other sign or spaces. One comma or point before
 * exactly three digits is a decimal sign up to 180 (106,415), else a thousands sign (565,123): a degree is never more, a
 * metre coordinate never so small. NaN when it is no number.
 */
export function parseDecimal(text: string): number {
  const plain = Number(text);
  const firstPoint = text.indexOf('.');
  if (!Number.isNaN(plain) && (firstPoint < 0 || plain <= 180 || text.length - firstPoint !== 4)) {
    return text.trim() === '' || /[xeobi]/i.test(text) ? Number.NaN : plain;
  }
  const tight = text.replace(/[\s\u00a0\u202f'’]/g, '');
  if (!/^[+-]?\d[\d.,]*$/.test(tight)) return Number.NaN;
  const lastComma = tight.lastIndexOf(',');
  const lastPoint = tight.lastIndexOf('.');
  if (lastComma >= 0 && lastPoint >= 0) {
    const [decimal, thousands] = lastComma > lastPoint ? [',', '.'] : ['.', ','];
    return Number(tight.replaceAll(thousands, '').replace(decimal, '.'));
  }
  const sign = lastComma >= 0 ? ',' : '.';
  const parts = tight.split(sign);
  if (parts.length > 2) return parts.slice(1).every((part) => part.length === 3) ? Number(parts.join('')) : Number.NaN;
  // "565.123" are thousands, "557114.891" metres with millimetres: a first group has three digits at most.
  const isThousands =
    parts[1]?.length === 3 && /^[+-]?\d{1,3}$/.test(parts[0] ?? '') && Math.abs(Number(parts[0])) > 180;
  return Number(parts.join(isThousands ? '' : '.'));
}

const degreesPattern =
  /^([+-]?\d{1,3}(?:[.,]\d+)?)(?:\s*(?:°|º|˚|độ|do|d|\*|\s|:|-)\s*(\d{1,2}(?:[.,]\d+)?)(?:\s*(?:'|′|’|`|phút|phut|m|\s|:|-)\s*(\d{1,2}(?:[.,]\d+)?))?)?\s*(?:°|º|˚|độ|do|'|′|’|`|"|″|”|''|’’|′′|giây|giay|phút|s)?$/;
const letterWords: [RegExp, Letter][] = [
  [/^(?:bắc|b)$/, 'b'],
  [/^(?:nam)$/, 's'],
  [/^(?:north)$/, 'b'],
  [/^(?:n)$/, 'n'],
  [/^(?:south|s)$/, 's'],
  [/^(?:đông|đ)$/, 'đ'],
  [/^(?:east|e)$/, 'e'],
  [/^(?:tây|t)$/, 't'],
  [/^(?:west|w)$/, 'w'],
];
const letterPattern =
  /^(bắc|nam|đông|tây|north|south|east|west|[bnđtsew])(?![\p{L}])[\s:.]*|[\s.]*(bắc|nam|đông|tây|north|south|east|west|[bnđtew])\.?$|(?<=[\d"″”'′’°º\s])(s)\.?$/u;

/** Degrees, minutes, seconds, or a decimal number, with or without a letter of the compass. */
function readAngle(raw: string): Reading {
  let text = raw
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .trim();
  text = text.replace(/^(?:vĩ độ|kinh độ|vi do|kinh do|lat|lng|lon|long)\s*[:=]?\s*/, '');
  let letter: Letter = '';
  const found = letterPattern.exec(text);
  if (found) {
    const word = found[1] ?? found[2] ?? found[3] ?? '';
    letter = letterWords.find(([pattern]) => pattern.test(word))?.[1] ?? '';
    text = (found.index === 0 && found[1] ? text.slice(found[0].length) : text.slice(0, found.index)).trim();
  }
  const decimal = parseDecimal(text);
  if (!Number.isNaN(decimal) && !/^\d{1,3} \d/.test(text)) return { value: decimal, letter };
  const parts = degreesPattern.exec(text);
  if (parts) {
    const [degrees = Number.NaN, minutes = 0, seconds = 0] = parts
      .slice(1, 4)
      .filter((part) => part !== undefined)
      .map((part) => Number(part.replace(',', '.')));
    if (minutes < 60 && seconds < 60 && (parts[2] === undefined || Number.isInteger(degrees))) {
      const size = Math.abs(degrees) + minutes / 60 + seconds / 3600;
      return { value: text.startsWith('-') ? -size : size, letter };
    }
  }
  // Groups of thousands with spaces: "565 123,4", only when they cannot be degrees and minutes.
  return { value: decimal, letter };
}

const none: Reading = { value: Number.NaN, letter: '' };

function readCell(cell: Cell): Reading | null {
  if (typeof cell === 'number') return { value: cell, letter: '' };
  if (cell === null) return null;
  if (typeof cell !== 'string') return none;
  return cell.trim() === '' ? null : readAngle(cell);
}

const isEastWest = (letter: Letter) => letter === 'đ' || letter === 'e' || letter === 't' || letter === 'w';
const isNorthSouth = (letter: Letter) => letter === 'b' || letter === 'n' || letter === 's';

/**
 * The sign of a latitude. "N" is North in English and Nam (south) in Vietnamese: Vietnamese when the longitude beside it
 * says Đ or T, North otherwise; nowhere in Viet Nam is south of the equator, so "Nam" then shows as an impossible place.
 */
function signOf(letter: Letter, other: Letter): number {
  if (letter === 's' || letter === 't' || letter === 'w') return -1;
  if (letter === 'n' && (other === 'đ' || other === 't')) return -1;
  return 1;
}

function place(x: Reading, y: Reading, out: Position): CoordinateProblem | null {
  if (Number.isNaN(x.value) || Number.isNaN(y.value)) return 'bad_coordinate';
  if (isNorthSouth(x.letter) || isEastWest(y.letter)) {
    // Both cells say they are the other axis: no guess needed. Only one saying so is a contradiction.
    const isSwapped = (isNorthSouth(x.letter) || x.letter === '') && (isEastWest(y.letter) || y.letter === '');
    if (!isSwapped) return 'axis_mismatch';
    return place(y, x, out);
  }
  out.x = x.value * signOf(x.letter, y.letter);
  out.y = y.value * signOf(y.letter, x.letter);
  return null;
}

/** Digits with at most one point and a sign: what Number() reads exactly as people do. */
function isPlainNumber(text: string): boolean {
  const length = text.length;
  if (length === 0 || length > 24) return false;
  let point = -1;
  const first = text.charCodeAt(0);
  for (let i = first === 45 ? 1 : 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46 && point < 0) point = i;
    else if (code < 48 || code > 57) return false;
  }
  // "565.123" may be thousands: left to parseDecimal.
  return point < 0 || length - point !== 4;
}

/**
 * Two cells, x (longitude, easting) and y (latitude, northing), into `out`; NaN both when both cells are empty.
 * Degrees, degrees-minutes-seconds and metres alike: what they mean is decided by the coordinate system, not here.
 */
export function parsePosition(xCell: Cell, yCell: Cell, out: Position): CoordinateProblem | null {
  if (typeof xCell === 'string' && typeof yCell === 'string' && isPlainNumber(xCell) && isPlainNumber(yCell)) {
    out.x = Number(xCell);
    out.y = Number(yCell);
    return Number.isNaN(out.x) || Number.isNaN(out.y) ? 'bad_coordinate' : null;
  }
  out.x = Number.NaN;
  out.y = Number.NaN;
  if (typeof xCell === 'string' && geometryNames.test(xCell)) return 'not_a_point';
  const x = readCell(xCell);
  const y = readCell(yCell);
  if (x === null && y === null) return null;
  if (x === null || y === null) return 'half_coordinate';
  const problem = place(x, y, out);
  if (problem !== null) out.x = out.y = Number.NaN;
  return problem;
}

/**
 * A pair in one cell: "20.354, 106.415", "20,354; 106,415", "20°34'12"N 106°20'01"E", "POINT(106.4 20.3)". Latitude comes
 * first, as phones copy it, unless letters or sizes (a first number above 90 degrees, or larger than the second in
 * degrees) say otherwise; metres are northing first only when the first is the larger.
 */
export function parsePair(cell: Cell, out: Position): CoordinateProblem | null {
  out.x = Number.NaN;
  out.y = Number.NaN;
  if (cell === null || cell === '') return null;
  if (typeof cell !== 'string') return 'bad_coordinate';
  const text = cell.trim();
  if (text === '') return null;
  const point = /^point\s*z?\s*\(\s*(\S+)\s+(\S+?)(?:\s+\S+)?\s*\)$/i.exec(text);
  if (point) return parsePosition(point[1] ?? '', point[2] ?? '', out);
  const halves = splitPair(text.replace(/^[([{]\s*|\s*[)\]}]$/g, ''));
  if (halves === null) return 'bad_coordinate';
  const first = readAngle(halves[0]);
  const second = readAngle(halves[1]);
  if (first.letter === '' && second.letter === '') {
    // In Viet Nam every longitude (102–118) exceeds every latitude (6–24), every northing every easting of a projected system.
    const isDegrees = Math.abs(first.value) <= 180 && Math.abs(second.value) <= 180;
    const isFirstX = isDegrees ? first.value > second.value && first.value > 90 : first.value < second.value;
    return isFirstX ? place(first, second, out) : place(second, first, out);
  }
  return place(second, first, out);
}

function splitPair(text: string): [string, string] | null {
  const by = (pattern: RegExp) => {
    const parts = text
      .split(pattern)
      .map((part) => part.trim())
      .filter((part) => part !== '');
    return parts.length === 2 && parts[0] && parts[1] ? ([parts[0], parts[1]] as [string, string]) : null;
  };
  return (
    by(/[;|/\n\t]/) ??
    by(/,\s+/) ??
    (/^-?\d+\.\d+,-?\d+\.\d+$/.test(text.replaceAll(' ', '')) ? by(/,/) : null) ??
    (/^-?\d+,-?\d+$/.test(text) ? null : by(/(?<=[a-zđ"″”])[\s,]+(?=\d)/i)) ??
    by(/(?<=\d)\s+(?=[+-]?\d{1,7}[.,]\d)/) ??
    by(/,/)
  );
}
