import type { IncidentField } from '@diemnong/contracts';

/** Why a row is rejected: one wrong cell. `code` is a key of `problemMessages`. */
export type RowProblem = {
  field: IncidentField | null;
  code: ProblemCode;
  /** The cell as it stands in the file, shortened. */
  got: string;
  message: string;
  messageEn: string;
};

type Words = readonly [vi: (got: string, detail: string) => string, en: (got: string, detail: string) => string];

/** Every reason for which the reading of a row can reject it: what was got, what was expected. */
const problemMessages = {
  no_category: [() => 'Thiếu loại vụ việc.', () => 'The category is missing.'],
  no_date: [() => 'Thiếu ngày xảy ra.', () => 'The date is missing.'],
  bad_date: [
    (got) => `"${got}" không phải ngày; cần dạng 31/10/2025 hoặc 31/10/2025 14:30.`,
    (got) => `"${got}" is not a date; expected 31/10/2025 or 31/10/2025 14:30.`,
  ],
  impossible_date: [
    (got) => `Không có ngày "${got}"; ngày đứng trước tháng (ngày/tháng/năm).`,
    (got) => `There is no such day: "${got}"; the day stands before the month (dd/mm/yyyy).`,
  ],
  bad_time: [
    (got) => `"${got}": không đọc được giờ; cần dạng 14:30 hoặc 14h30.`,
    (got) => `"${got}": the time cannot be read; expected 14:30 or 14h30.`,
  ],
  date_out_of_range: [
    (got) => `"${got}" nằm ngoài khoảng năm 1976–2100.`,
    (got) => `"${got}" is outside the years 1976–2100.`,
  ],
  interval_reversed: [
    (got) => `"${got}": thời điểm kết thúc đứng trước thời điểm bắt đầu.`,
    (got) => `"${got}": the end stands before the beginning.`,
  ],
  bad_coordinate: [
    (got) => `"${got}" không phải toạ độ; cần dạng 106,4152, 106°24'55" hoặc mét VN-2000.`,
    (got) => `"${got}" is not a coordinate; expected 106.4152, 106°24'55" or VN-2000 metres.`,
  ],
  half_coordinate: [
    (got) => `Chỉ có một trong hai toạ độ (${got}); cần cả hai hoặc để trống cả hai.`,
    (got) => `Only one of the two coordinates is there (${got}); give both or neither.`,
  ],
  axis_mismatch: [
    (got) => `"${got}": chữ chỉ hướng không khớp với cột (kinh độ là Đông/Tây, vĩ độ là Bắc/Nam).`,
    (got) => `"${got}": the compass letter contradicts the column (longitude is E/W, latitude N/S).`,
  ],
  not_a_point: [(got) => `Đối tượng là ${got}, không phải điểm.`, (got) => `The feature is a ${got}, not a point.`],
  no_place: [
    () => 'Thiếu vị trí: cần toạ độ hoặc tên xã, phường.',
    () => 'The place is missing: coordinates or a commune are needed.',
  ],
  commune_unknown: [
    (got) => `Không có xã, phường "${got}" trong bộ ranh giới.`,
    (got) => `There is no commune "${got}" in the boundary set.`,
  ],
  commune_ambiguous: [
    (got, detail) => `"${got}" chưa đủ rõ; có: ${detail}. Hãy ghi đúng tên đầy đủ.`,
    (got, detail) => `"${got}" is not clear; there is: ${detail}. Give the full name.`,
  ],
  commune_code_unknown: [
    (got) => `Không có mã xã "${got}" trong bộ ranh giới.`,
    (got) => `There is no commune code "${got}" in the boundary set.`,
  ],
  commune_conflict: [
    (got, detail) => `Mã xã và tên xã chỉ hai nơi khác nhau: "${got}" và ${detail}.`,
    (got, detail) => `Commune code and name mean two places: "${got}" and ${detail}.`,
  ],
  reference_too_long: [
    (got) => `Số hồ sơ "${got}" dài quá 100 ký tự.`,
    (got) => `The reference "${got}" is longer than 100 characters.`,
  ],
  extra_cells: [
    (got, detail) =>
      `Dòng có ${detail} ô, nhiều hơn số cột (thường do dấu phẩy thập phân không đặt trong ngoặc kép): "${got}".`,
    (got, detail) =>
      `The row has ${detail} cells, more than there are columns (often a decimal comma outside quotes): "${got}".`,
  ],
} satisfies Record<string, Words>;

export type ProblemCode = keyof typeof problemMessages;

const MAX_GOT = 80;

/** One problem with its words. `got` is shortened to 80 characters. */
export function rowProblem(field: IncidentField | null, code: ProblemCode, got: string, detail = ''): RowProblem {
  const [vi, en]: Words = problemMessages[code];
  const shown = got.length > MAX_GOT ? `${got.slice(0, MAX_GOT - 1)}…` : got;
  return { field, code, got: shown, message: vi(shown, detail), messageEn: en(shown, detail) };
}
