import type { ImportWarning } from '@diemnong/contracts';
import type { CoordinateReading } from './coordinate-reading.ts';
import { type Tally, viNumber, warning } from './findings.ts';
import type { PileUp } from './pile-ups.ts';
import type { ImportCommune } from './placement.ts';

/** What was noticed while the rows of a file were read. */
export type Noticed = {
  piles: readonly PileUp[];
  centres: readonly (Tally & { commune: ImportCommune })[];
  nullIsland: Tally;
  mismatches: Tally;
  future: Tally;
  old: Tally;
  repeated: Tally;
  /** Rows whose date has no time. */
  timeMissing: number;
  /** Rows whose reference was made from their content. */
  withoutReference: number;
  /** Value in the file → rows. */
  unknownCategories: ReadonlyMap<string, number>;
  unknownStates: ReadonlyMap<string, number>;
  unknownPrecisions: ReadonlyMap<string, number>;
};

/** What a person should look at before the batch is committed, in Vietnamese and English. */
export function fileWarnings({
  piles,
  centres,
  nullIsland,
  mismatches,
  future,
  old,
  repeated,
  timeMissing,
  withoutReference,
  unknownCategories,
  unknownStates,
  unknownPrecisions,
}: Noticed): ImportWarning[] {
  const warnings: ImportWarning[] = [];
  const tell = (
    code: ImportWarning['code'],
    tally: { rows: number; sampleRows: number[] },
    vi: string,
    en: string,
    more = {},
  ) => {
    if (tally.rows > 0) warnings.push(warning(code, tally, { vi, en }, more));
  };
  const n = (tally: { rows: number }) => viNumber(tally.rows);

  for (const { at, rows, firstRow } of piles) {
    const place = `${at[1].toFixed(5)}, ${at[0].toFixed(5)}`;
    const tally = { rows, sampleRows: [firstRow] };
    tell(
      'pile_up',
      tally,
      `${n(tally)} vụ dồn vào cùng một điểm (${place}): có thể là toạ độ mặc định hoặc trụ sở.`,
      `${rows} rows stand on one point (${place}): perhaps a default position or a police station.`,
      { at },
    );
  }
  for (const { commune, rows, sampleRows } of centres) {
    const tally = { rows, sampleRows };
    tell(
      'centroid',
      tally,
      `${n(tally)} vụ đứng ngay tâm ${commune.fullName}: có thể chỉ biết đến cấp xã.`,
      `${rows} rows stand at the centre of ${commune.fullName}: perhaps known only to the commune.`,
      { at: commune.labelPoint },
    );
  }
  tell('null_island', nullIsland, `${n(nullIsland)} dòng có toạ độ (0, 0).`, `${nullIsland.rows} rows are at (0, 0).`, {
    at: [0, 0],
  });
  const unknownRows = { rows: [...unknownCategories.values()].reduce((sum, value) => sum + value, 0), sampleRows: [] };
  tell(
    'unknown_categories',
    unknownRows,
    `${viNumber(unknownCategories.size)} loại vụ việc chưa nhận ra (${n(unknownRows)} dòng) được đưa vào "chưa phân loại".`,
    `${unknownCategories.size} unknown categories (${unknownRows.rows} rows) go to "unclassified".`,
    { values: Object.fromEntries([...unknownCategories].sort((a, b) => b[1] - a[1])) },
  );
  tell(
    'commune_mismatch',
    mismatches,
    `${n(mismatches)} dòng có toạ độ nằm ở xã khác với xã ghi trong tệp; lấy theo toạ độ.`,
    `${mismatches.rows} rows have a point in another commune than the one written; the point decides.`,
  );
  tell('future_date', future, `${n(future)} dòng có ngày ở tương lai.`, `${future.rows} rows are dated in the future.`);
  tell('old_date', old, `${n(old)} dòng có ngày cách đây hơn 30 năm.`, `${old.rows} rows are more than 30 years old.`);
  tell(
    'repeated_rows',
    repeated,
    `${n(repeated)} dòng giống hệt một dòng trước (cùng loại, thời điểm, vị trí).`,
    `${repeated.rows} rows repeat an earlier one (same category, time and place).`,
  );
  const withoutTime = { rows: timeMissing, sampleRows: [] };
  tell(
    'time_missing',
    withoutTime,
    `${n(withoutTime)} dòng chỉ có ngày, không có giờ: tính trong cả ngày.`,
    `${withoutTime.rows} rows have a day without a time: they count for the whole day.`,
  );
  tell(
    'missing_reference',
    { rows: withoutReference, sampleRows: [] },
    'Tệp không có cột số hồ sơ: số được sinh từ nội dung từng dòng.',
    'The file has no reference column: references are made from the content of each row.',
  );
  tellUnknownWords('trạng thái', 'state', unknownStates, '"đã tiếp nhận"', 'received');
  tellUnknownWords('độ chính xác', 'precision', unknownPrecisions, '"không rõ"', 'unknown');

  function tellUnknownWords(
    vi: string,
    en: string,
    words: ReadonlyMap<string, number>,
    readAs: string,
    readAsEn: string,
  ): void {
    const tally = { rows: [...words.values()].reduce((sum, value) => sum + value, 0), sampleRows: [] };
    const list = [...words.keys()].slice(0, 5).join(', ');
    tell(
      'other',
      tally,
      `${n(tally)} dòng có ${vi} chưa nhận ra (${list}), hiểu là ${readAs}.`,
      `${tally.rows} rows have an unknown ${en} (${list}), read as ${readAsEn}.`,
      { values: Object.fromEntries(words) },
    );
  }
  return warnings;
}

/** How the coordinates were understood, where that was not plain. */
export function coordinateWarnings({ system, share, isDeclared }: CoordinateReading, rows: number): ImportWarning[] {
  if (share === null) return [];
  const tally = { rows, sampleRows: [] };
  const percent = Math.round(100 * share);
  const found: ImportWarning[] = [];
  if (system.id !== 'EPSG:4326' && !isDeclared) {
    const vi = `Toạ độ được hiểu là ${system.id} (${percent}% điểm mẫu nằm trong tỉnh): hãy xem lại trên bản đồ.`;
    const en = `Coordinates are read as ${system.id} (${percent}% of the sample falls inside): check on the map.`;
    found.push(warning('crs_found', tally, { vi, en }));
  }
  if (system.isSwapped) {
    const vi = 'Hai cột toạ độ bị đổi chỗ cho nhau (X là hướng bắc); đã đảo lại.';
    found.push(warning('swapped_axes', tally, { vi, en: 'The two coordinate columns were swapped; turned back.' }));
  }
  return found;
}
