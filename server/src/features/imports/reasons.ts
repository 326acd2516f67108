import type { IncidentField } from '@diemnong/contracts';

/** Why a row is rejected: one wrong cell. As the row reader tells it, or with a code of `placementReasons`. */
export type RowReason = { field: IncidentField | null; code: string; got: string; message: string; messageEn: string };

/** Reasons to reject a row that only show when it is placed: what the list of rejections says of all such rows together. */
export const placementReasons = {
  impossible_coordinates: {
    message: 'Toạ độ không thể có trên Trái Đất (hoặc bằng 0)',
    messageEn: 'Impossible coordinates (or zero)',
  },
  outside: { message: 'Toạ độ nằm ngoài mọi xã, phường của tỉnh', messageEn: 'Outside every commune of the province' },
  outside_account_commune: {
    message: 'Ngoài địa bàn xã của tài khoản',
    messageEn: 'Outside the commune of the account',
  },
  outside_office_commune: {
    message: 'Ngoài địa bàn xã của đơn vị gửi tệp',
    messageEn: 'Outside the commune of the office',
  },
  outside_account_province: {
    message: 'Ngoài địa bàn tỉnh của tài khoản',
    messageEn: 'Outside the province of the account',
  },
  unknown_commune: {
    message: 'Xã, phường không có trong bộ ranh giới đang dùng',
    messageEn: 'The commune is not in the boundary set in use',
  },
  repeated_reference: {
    message: 'Số hồ sơ đã có ở dòng trước trong cùng tệp',
    messageEn: 'The reference number stands in an earlier row of the file',
  },
  taken_reference: {
    message: 'Số hồ sơ đã có trong một lô khác của đơn vị',
    messageEn: 'The reference number stands in another batch of the office',
  },
} as const;
export type PlacementReason = keyof typeof placementReasons;

/** One wrong cell of one row; `extra` says more than the reason in general, in Vietnamese and English. */
export function placementProblem(
  code: PlacementReason,
  field: IncidentField | null,
  got: string,
  extra: { vi: string; en: string } = { vi: '', en: '' },
): RowReason {
  const { message, messageEn } = placementReasons[code];
  return { field, code, got, message: message + extra.vi, messageEn: messageEn + extra.en };
}
