import type {
  AreaEventType,
  AreaLevel,
  AreaStatus,
  AreaType,
  MeasureKind,
  Reading,
  TargetState,
} from '@diemnong/contracts';

export type SheetLanguage = 'vi' | 'en';
type Words<Key extends string> = Record<SheetLanguage, Record<Key, string>>;

/** Words of the workbooks; the screens have theirs in client/src/i18n. */
export const statusWords: Words<AreaStatus> = {
  vi: {
    draft: 'Chưa có bước có hiệu lực',
    proposed: 'Đề xuất',
    listed: 'Trong diện',
    transforming: 'Đang chuyển hóa',
    assessed_success: 'Chuyển hóa thành công',
    assessed_not_yet: 'Chưa chuyển hóa được',
    removed: 'Đã ra khỏi diện',
    watched: 'Đang theo dõi',
    relapsed: 'Tái phức tạp',
    closed: 'Hết theo dõi',
    rejected: 'Không đưa vào diện',
    superseded: 'Đã chia hoặc gộp',
  },
  en: {
    draft: 'No step in force',
    proposed: 'Proposed',
    listed: 'Listed',
    transforming: 'Transforming',
    assessed_success: 'Transformed',
    assessed_not_yet: 'Not yet transformed',
    removed: 'Removed',
    watched: 'Under watch',
    relapsed: 'Relapsed',
    closed: 'Watch over',
    rejected: 'Rejected',
    superseded: 'Divided or joined',
  },
};

export const eventWords: Words<AreaEventType> = {
  vi: {
    proposed: 'Đề xuất',
    listed: 'Đưa vào diện',
    transforming: 'Bắt đầu chuyển hóa',
    measure: 'Biện pháp',
    reviewed: 'Rà soát',
    assessed_success: 'Đánh giá: thành công',
    assessed_not_yet: 'Đánh giá: chưa được',
    removed: 'Đưa ra khỏi diện',
    watched: 'Bắt đầu theo dõi',
    relapsed: 'Tái phức tạp',
    closed: 'Hết theo dõi',
    rejected: 'Không đưa vào diện',
    carried_over: 'Chuyển sang năm sau',
    superseded: 'Chia hoặc gộp',
    withdrawn: 'Xóa bỏ bước ghi nhầm',
  },
  en: {
    proposed: 'Proposed',
    listed: 'Listed',
    transforming: 'Transformation begun',
    measure: 'Measure',
    reviewed: 'Reviewed',
    assessed_success: 'Assessed: success',
    assessed_not_yet: 'Assessed: not yet',
    removed: 'Removed',
    watched: 'Watch begun',
    relapsed: 'Relapsed',
    closed: 'Watch over',
    rejected: 'Rejected',
    carried_over: 'Carried over',
    superseded: 'Divided or joined',
    withdrawn: 'Struck as a mistake',
  },
};

const typeWords: Record<SheetLanguage, Record<AreaType, string>> = {
  vi: { 1: 'Trật tự xã hội', 2: 'Kinh tế', 3: 'Môi trường', 4: 'Ma túy' },
  en: { 1: 'Social order', 2: 'Economic', 3: 'Environment', 4: 'Drugs' },
};

export function typesInWords(types: readonly AreaType[], language: SheetLanguage): string {
  return types.map((type) => `${type} ${typeWords[language][type]}`).join('; ');
}

export const levelWords: Words<AreaLevel> = {
  vi: { province: 'Cấp tỉnh', commune: 'Cấp xã' },
  en: { province: 'Province', commune: 'Commune' },
};

export const measureWords: Words<MeasureKind> = {
  vi: {
    camera: 'Camera',
    light: 'Chiếu sáng',
    patrol: 'Tuần tra',
    self_management: 'Mô hình tự quản',
    dialogue: 'Đối thoại',
    inspection: 'Kiểm tra',
    propaganda: 'Tuyên truyền',
    infrastructure: 'Hạ tầng',
    rehabilitation: 'Cai nghiện, tái hòa nhập',
    other: 'Khác',
  },
  en: {
    camera: 'Camera',
    light: 'Light',
    patrol: 'Patrol',
    self_management: 'Self-management model',
    dialogue: 'Dialogue',
    inspection: 'Inspection',
    propaganda: 'Information',
    infrastructure: 'Infrastructure',
    rehabilitation: 'Rehabilitation',
    other: 'Other',
  },
};

export const readingWords: Words<Reading> = {
  vi: { strong: 'mạnh', weak: 'yếu', insufficient: 'không đủ', against: 'trái chiều' },
  en: { strong: 'strong', weak: 'weak', insufficient: 'not enough', against: 'against' },
};

export const stateWords: Words<TargetState> = {
  vi: { met: 'đạt', 'at-risk': 'có nguy cơ', missed: 'không đạt', 'no-data': 'chưa đủ dữ liệu' },
  en: { met: 'met', 'at-risk': 'at risk', missed: 'missed', 'no-data': 'no data' },
};

export const approvalWords: Words<'not_needed' | 'pending' | 'approved' | 'refused'> = {
  vi: { not_needed: '', pending: 'chờ duyệt', approved: 'đã duyệt', refused: 'không duyệt' },
  en: { not_needed: '', pending: 'waiting', approved: 'approved', refused: 'refused' },
};

export const phaseWords: Words<'before' | 'during' | 'after'> = {
  vi: { before: 'trước', during: 'trong', after: 'sau' },
  en: { before: 'before', during: 'during', after: 'after' },
};

/** What every export says of itself. */
export const guardrails: Record<SheetLanguage, readonly string[]> = {
  vi: [
    'Chỉ thống kê theo địa bàn; không có dữ liệu cá nhân; không dự báo.',
    'Kết quả đánh giá chính thức do người có thẩm quyền quyết định; số liệu thống kê đứng bên cạnh, không thay thế.',
  ],
  en: [
    'Statistics by area only; no personal data; no forecast.',
    'The official result is decided by people; the statistics stand beside it and never replace it.',
  ],
};

export const simulatedWords: Record<SheetLanguage, string> = { vi: 'Dữ liệu mô phỏng', en: 'Simulated data' };
