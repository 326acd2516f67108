import { textKey } from './text-key.ts';

/** How well the place of an incident is known; only `point` and `street` enter hexagons. */
export type Precision = 'point' | 'street' | 'hamlet' | 'commune' | 'unknown';

const words: Record<Precision, string[]> = {
  point: [
    'point',
    'exact',
    'diem',
    'chinh xac',
    'toa do',
    'gps',
    'diem chinh xac',
    'so nha',
    'dia chi',
    'address',
    'rooftop',
  ],
  street: ['street', 'duong', 'pho', 'tuyen duong', 'doan duong', 'duong pho', 'ngo', 'road', 'block'],
  hamlet: [
    'hamlet',
    'village',
    'thon',
    'xom',
    'ban',
    'lang',
    'to dan pho',
    'khu pho',
    'to',
    'ap',
    'khu dan cu',
    'thon xom',
  ],
  commune: ['commune', 'ward', 'xa', 'phuong', 'xa phuong', 'thi tran', 'dac khu', 'cap xa', 'toan xa'],
  unknown: ['unknown', 'khong ro', 'chua ro', 'khong xac dinh', 'chua xac dinh', 'khong'],
};

const byKey = new Map(Object.entries(words).flatMap(([value, keys]) => keys.map((key) => [key, value as Precision])));

/** Precision of a Vietnamese or English word; undefined when nobody recognises it. */
export function toPrecision(text: string): Precision | undefined {
  const key = textKey(text);
  return byKey.get(key) ?? byKey.get(key.replace(/^(?:den|cap|muc|theo)(?: muc| cap)? /, ''));
}
