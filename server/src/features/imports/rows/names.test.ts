import { describe, expect, it } from 'vitest';
import { createCategoryMatcher } from './categories.ts';
import { createCommuneMatcher } from './commune-names.ts';
import { toPrecision } from './precision.ts';
import { toState } from './state.ts';
import { looseKey, textKey, toneKey } from './text-key.ts';

describe('keys of text', () => {
  it('textKey takes accents, case and signs away, composed or not', () => {
    expect(textKey('  Số_hồ-sơ: ')).toBe('so ho so');
    expect(textKey('Số hồ sơ'.normalize('NFD'))).toBe('so ho so');
    expect(textKey('Đường ĐẶNG Mỹ Quỳnh')).toBe('duong dang my quynh');
    expect(textKey('—')).toBe('');
  });
  it.each([
    ['Hòa Bình', 'Hoà Bình'],
    ['Thủy Nguyên', 'Thuỷ Nguyên'],
    ['Khỏe', 'Khoẻ'],
    ['Qúy Cao', 'Quý Cao'],
    ['Tòan Thắng', 'Toàn Thắng'],
    ['Xã  Hòa\u00a0Bình'.normalize('NFD'), 'xã hoà bình'],
  ])('toneKey writes %s and %s alike', (a, b) => {
    expect(toneKey(a)).toBe(toneKey(b));
  });
  it('toneKey keeps different names apart', () => {
    expect(toneKey('Hoa')).not.toBe(toneKey('Hoà'));
    expect(toneKey('Mùa')).toBe('mùa');
    expect(toneKey('Thuận')).toBe('thuận');
    expect(toneKey('Hoàng')).toBe('hoàng');
  });
  it('looseKey makes y and i one at the end of a syllable only', () => {
    expect(looseKey('Mĩ Hào')).toBe(looseKey('Mỹ Hào'));
    expect(looseKey('Yên Mỹ')).toBe('yen mi');
  });
});

const commune = (code: string, fullName: string) => {
  const [, kind = '', name = ''] = /^(Xã|Phường|Đặc khu) (.*)$/.exec(fullName) ?? [];
  return { code, fullName, name, kind };
};
const matcher = createCommuneMatcher([
  commune('11953', 'Phường Phố Hiến'),
  commune('12001', 'Xã Hoà Bình'),
  commune('12002', 'Xã Hoa Bình'),
  commune('12003', 'Xã Tân Tiến'),
  commune('12004', 'Phường Tân Tiến'),
  commune('12005', 'Xã Mỹ Hào'),
  commune('12006', 'Phường 1'),
  commune('03001', 'Xã Xa Dung'),
  commune('00318', 'Đặc khu Cát Hải'),
]);
const find = (name: string) => {
  const match = matcher.byName(name);
  return match === null ? null : 'code' in match ? match.code : match.candidates.toSorted();
};

describe('commune names', () => {
  it.each([
    ['Phố Hiến', '11953'],
    ['phuong pho hien', '11953'],
    ['P. Phố Hiến', '11953'],
    ['P.Phố Hiến, TP Hưng Yên', '11953'],
    ['Số 5, phường Phố Hiến, tỉnh Hưng Yên', '11953'],
    ['Xã Hòa Bình', '12001'],
    ['hoà bình', '12001'],
    ['Hoa Bình', '12002'],
    ['Xã Tân Tiến', '12003'],
    ['X. Tan Tien', '12003'],
    ['p tan tien', '12004'],
    ['Mĩ Hào', '12005'],
    ['Phường 01', '12006'],
    ['P1', '12006'],
    ['Xa Dung', '03001'],
    ['xã xa dung', '03001'],
    ['đặc khu Cát Hải', '00318'],
    ['Cát Hải'.normalize('NFD'), '00318'],
  ])('%s is %s', (name, code) => {
    expect(find(name)).toBe(code);
  });
  it('never guesses: ambiguity names the candidates', () => {
    expect(find('Tân Tiến')).toEqual(['Phường Tân Tiến', 'Xã Tân Tiến']);
    expect(find('hoa binh')).toEqual(['Xã Hoa Bình', 'Xã Hoà Bình']);
  });
  it('a kind that contradicts comes back as a candidate, not as a match', () => {
    expect(find('Xã Phố Hiến')).toEqual(['Phường Phố Hiến']);
  });
  it('null for a name nobody has', () => {
    expect(find('Xã Không Có')).toBeNull();
    expect(find('')).toBeNull();
    expect(find('xã')).toBeNull();
  });
  it('codes survive a lost leading zero', () => {
    expect(matcher.byCode('3001')).toBe('03001');
    expect(matcher.byCode('11953')).toBe('11953');
    expect(matcher.byCode('99999')).toBeNull();
  });
});

describe('categories', () => {
  const categories = [
    { code: 'robbery', nameVi: 'Cướp tài sản', nameEn: 'Robbery', article: '168' },
    { code: 'theft_other', nameVi: 'Trộm cắp tài sản khác', nameEn: 'Other theft', article: '173' },
    { code: 'theft_bicycle', nameVi: 'Trộm cắp xe đạp', nameEn: 'Bicycle theft', article: '173' },
    { code: 'unclassified', nameVi: 'Chưa phân loại', nameEn: 'Unclassified', article: null },
  ];
  const synonyms = { theft_other: ['trom', 'larceny/theft'], gone: ['x'] };
  it('finds codes, names, synonyms, and articles only one category has', () => {
    const { match, unknown } = createCategoryMatcher({ categories, synonyms });
    expect(['robbery', 'CƯỚP TÀI SẢN', 'cuop tai san', 'Robbery', 'Điều 168'].map(match)).toEqual(
      Array(5).fill('robbery'),
    );
    expect(['LARCENY/THEFT', 'Trộm'].map(match)).toEqual(['theft_other', 'theft_other']);
    expect(unknown.size).toBe(0);
    expect(match('Điều 173')).toBe('unclassified');
    expect(match('WARRANTS')).toBe('unclassified');
    expect(match('WARRANTS')).toBe('unclassified');
    expect([...unknown]).toEqual([
      ['Điều 173', 1],
      ['WARRANTS', 2],
    ]);
  });
  it('a saved mapping wins, and one to an unknown code is passed over', () => {
    const mapping = { trộm: 'robbery', khac: 'no_such_code' };
    const { match } = createCategoryMatcher({ categories, synonyms, mapping });
    expect(match('TROM')).toBe('robbery');
    expect(match('khac')).toBe('unclassified');
  });
  it('keeps at most 1,000 unknown values', () => {
    const { match, unknown } = createCategoryMatcher({ categories, synonyms });
    for (let i = 0; i < 1500; i++) match(`loại ${i}`);
    expect(unknown.size).toBe(1001);
    expect(unknown.get('…')).toBe(500);
  });
});

describe('words of state and precision', () => {
  it('knows Vietnamese and English', () => {
    expect(['Đã giải quyết', 'closed', 'Đang xác minh', 'Tiếp nhận', 'Đã chuyển'].map(toState)).toEqual([
      'resolved',
      'resolved',
      'verifying',
      'received',
      'transferred',
    ]);
    expect(['Điểm', 'street', 'Thôn', 'Cấp xã', 'không rõ'].map(toPrecision)).toEqual([
      'point',
      'street',
      'hamlet',
      'commune',
      'unknown',
    ]);
    expect(toState('lạ')).toBeUndefined();
    expect(toPrecision('lạ')).toBeUndefined();
  });
});
