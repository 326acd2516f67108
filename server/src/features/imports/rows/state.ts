import { textKey } from './text-key.ts';

/** What has become of an incident so far. */
export type State = 'received' | 'verifying' | 'resolved' | 'transferred';

const words: Record<State, string[]> = {
  received: [
    'received',
    'new',
    'open',
    'tiep nhan',
    'da tiep nhan',
    'moi',
    'moi tiep nhan',
    'chua xu ly',
    'chua giai quyet',
  ],
  verifying: [
    'verifying',
    'in progress',
    'under investigation',
    'pending',
    'xac minh',
    'dang xac minh',
    'dang xu ly',
    'dang giai quyet',
    'dang dieu tra',
    'dieu tra',
    'khoi to',
    'da khoi to',
    'dang thu ly',
    'tam dinh chi',
  ],
  resolved: [
    'resolved',
    'closed',
    'done',
    'cleared',
    'da giai quyet',
    'giai quyet xong',
    'da xu ly',
    'xu ly xong',
    'xong',
    'da ket thuc',
    'ket thuc',
    'hoan thanh',
    'da lam ro',
    'lam ro',
    'kham pha',
    'da kham pha',
    'da xu phat',
    'xu phat',
    'xu phat hanh chinh',
    'hoa giai thanh',
    'khong khoi to',
    'dinh chi',
  ],
  transferred: [
    'transferred',
    'referred',
    'chuyen',
    'da chuyen',
    'chuyen cap tren',
    'chuyen co quan khac',
    'chuyen don vi khac',
    'da chuyen don vi khac',
    'chuyen ho so',
  ],
};

const byKey = new Map(Object.entries(words).flatMap(([value, keys]) => keys.map((key) => [key, value as State])));

/** State of a Vietnamese or English word; undefined when nobody recognises it. */
export function toState(text: string): State | undefined {
  return byKey.get(textKey(text));
}
