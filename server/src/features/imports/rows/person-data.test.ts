import { describe, expect, it } from 'vitest';
import type { Cell } from '../reading/row-source.ts';
import { createPersonDataGuard, findPersonNumber } from './person-data.ts';
import { personHeadingKind } from './person-headings.ts';

/** What the guard says of one column named "Nội dung" (or another). */
function judge(values: Cell[], heading = 'Nội dung', knownNames: string[] = []) {
  const guard = createPersonDataGuard(['Số hồ sơ', heading], { knownNames });
  for (const [i, value] of values.entries()) if (guard.check(i + 2, [`SF-${i}`, value])) break;
  return guard.problem();
}
/** A repeatable pseudo-random integer sequence (Lehmer). */
function* numbers(seed = 7): Generator<number, never> {
  for (let n = seed; ; ) yield (n = (n * 48_271) % 2_147_483_647);
}
function many(make: (random: () => number, i: number) => Cell, count = 100): Cell[] {
  const sequence = numbers();
  const random = () => sequence.next().value;
  return Array.from({ length: count }, (_, i) => make(random, i));
}
const pad = (value: number, digits: number) => String(value).padStart(digits, '0').slice(-digits);
const pick = <T>(list: readonly T[], n: number) => list[n % list.length];

describe('headings', () => {
  it.each([
    ['Họ tên', 'name'],
    ['HỌ VÀ TÊN', 'name'],
    ['Tên bị can', 'name'],
    ['Nạn nhân', 'name'],
    ['Đối tượng vi phạm', 'name'],
    ['Người báo tin', 'name'],
    ['Full name', 'name'],
    ['Victim', 'name'],
    ['Số CCCD', 'identity_number'],
    ['CMND/CCCD', 'identity_number'],
    ['Số định danh cá nhân', 'identity_number'],
    ['SĐT', 'phone'],
    ['Điện thoại', 'phone'],
    ['Số điện thoại người báo', 'phone'],
    ['Biển số', 'plate'],
    ['Biển kiểm soát xe', 'plate'],
    ['Ngày sinh', 'birth_date'],
    ['Nơi thường trú', 'address'],
    ['Địa chỉ nạn nhân', 'address'],
  ])('%s means %s', (heading, kind) => {
    expect(personHeadingKind(heading)).toBe(kind);
    expect(createPersonDataGuard(['Loại vụ', heading]).headingProblem).toMatchObject({ kind, heading, rows: [] });
  });
  it.each([
    'Số hồ sơ',
    'Mã vụ',
    'Loại vụ việc',
    'Ngày xảy ra',
    'Địa chỉ',
    'Địa điểm xảy ra',
    'Số nạn nhân',
    'Số đối tượng',
    'Loại đối tượng',
    'Tổng số người',
    'Tên xã',
    'Tên đường',
    'Kinh độ',
    'X',
    'Name',
    'Số vụ',
    'Trạng thái',
    'Đơn vị tiếp nhận',
  ])('%s is no person', (heading) => {
    expect(personHeadingKind(heading)).toBeNull();
  });
});

describe('values that are data on persons', () => {
  const cccd = (random: () => number) =>
    `0${pick(['33', '01', '34'], random())}${pick([0, 1], random())}${pad(random() % 99, 2).replace(/^0/, '6')}${pad(random(), 6)}`;
  it('CCCD numbers, as text and as numbers that lost their zero', () => {
    expect(judge(many(cccd))).toMatchObject({
      kind: 'identity_number',
      heading: 'Nội dung',
      rows: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    });
    expect(judge(many((random) => Number(cccd(random))))?.kind).toBe('identity_number');
    expect(judge(many(cccd, 3))?.kind).toBe('identity_number');
  });
  it('CMND numbers', () => {
    expect(judge(many((random) => `${pick(['145', '033', '012'], random())}${pad(random(), 6)}`))?.kind).toBe(
      'identity_number',
    );
  });
  it('phone numbers in the ways people write them', () => {
    const forms = [
      (n: string) => `09${n}`,
      (n: string) => `+849${n}`,
      (n: string) => `0912.${n.slice(0, 3)}.${n.slice(3, 6)}`,
      (n: string) => `0912 ${n.slice(0, 3)} ${n.slice(3, 6)}`,
    ];
    expect(judge(many((random, i) => pick(forms, i)(pad(random(), 8))))?.kind).toBe('phone');
    expect(judge(many((random) => 900_000_000 + (random() % 99_999_999)))?.kind).toBe('phone');
  });
  it('plates', () => {
    const forms = ['29A-', '89B1-', '34-B2 ', '17C-', '30K '];
    const plate = (random: () => number, i: number) => `${pick(forms, i)}${pad(random(), 3)}.${pad(random(), 2)}`;
    expect(judge(many(plate))?.kind).toBe('plate');
    expect(judge(many(plate, 4))?.kind).toBe('plate');
  });
  it('names, with accents, without, in capitals', () => {
    const family = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Vũ', 'Bùi'];
    const given = ['An', 'Bình', 'Cường', 'Dũng', 'Giang', 'Hạnh', 'Kiên', 'Lan'];
    const name = (random: () => number) =>
      `${pick(family, random())} ${pick(['Văn', 'Thị', 'Đức', 'Ngọc'], random())} ${pick(given, random())}`;
    expect(judge(many(name))?.kind).toBe('name');
    expect(judge(many((random) => name(random).toUpperCase()))?.kind).toBe('name');
    expect(judge(['Nguyễn Văn An', 'Trần Thị Bình'])?.kind).toBe('name');
    const plain = (random: () => number) => name(random).normalize('NFD').replace(/\p{M}/gu, '').replace('Đ', 'D');
    expect(judge(many(plain))?.kind).toBe('name');
  });
  it('numbers and names inside a text, from the second row on or when announced', () => {
    expect(judge(['Trộm xe, liên hệ 0912345678', 'Mất ví, gọi 0987654321'])).toMatchObject({
      kind: 'phone',
      rows: [2, 3],
    });
    expect(judge(['Đối tượng có CCCD 033090001234'])?.kind).toBe('identity_number');
    expect(judge(['Mất xe máy BKS 89B1-123.45'])?.kind).toBe('plate');
    expect(judge(['đối tượng Nguyễn Văn An trộm xe', 'bắt quả tang bị can Lê Thị Hoa'])?.kind).toBe('name');
  });
});

describe('values that are not', () => {
  it.each<[string, Cell[]]>([
    ['case numbers', many((_, i) => `SF-${pad(i, 6)}`)],
    ['running 12-digit numbers with the shape of a CCCD', many((_, i) => `033090${pad(i, 6)}`)],
    ['running 9-digit numbers', many((_, i) => `025${pad(i, 6)}`)],
    ['running 10-digit numbers', many((_, i) => `0912${pad(i, 6)}`)],
    ['case numbers of the shape of a plate', many((_, i) => `26HY-${pad(i, 5)}`)],
    ['random 12-digit numbers', many((random) => `${pad(random(), 6)}${pad(random(), 6)}`)],
    ['dates with time', many((random) => `${pad((random() % 28) + 1, 2)}/10/2025 ${pad(random() % 24, 2)}:15:00`)],
    ['coordinates', many((random) => `106.${pad(random(), 7)}`)],
    ['coordinates with comma', many((random) => `20,${pad(random(), 9)}`)],
    ['metres', many((random) => `2${pad(random(), 6)}.${pad(random(), 3)}`)],
    ['metres as numbers', many((random) => 2_000_000 + (random() % 400_000) / 7)],
    ['serials', many((random) => 45_000 + (random() % 900) / 7)],
    [
      'categories in capitals',
      many((random) => pick(['LARCENY/THEFT', 'VEHICLE THEFT', 'VŨ KHÍ, VẬT LIỆU NỔ'], random())),
    ],
    [
      'places in words',
      many((random) => pick(['Gần chợ Gạo', 'Hồ bán nguyệt', 'Ngã tư phố Nối', 'Đỗ xe sai nơi'], random())),
    ],
    ['streets', many((random) => pick(['Trần Hưng Đạo', 'Nguyễn Văn Cừ', 'Lê Lợi', 'Phạm Ngũ Lão'], random()))],
    ['addresses', many((_, i) => `Số ${i} đường Nguyễn Văn Linh, phường Phố Hiến`)],
    ['empty cells', [null, '', null, '']],
  ])('%s', (_, values) => {
    expect(judge(values)).toBeNull();
  });
  it('communes and categories that read like names, when they are given', () => {
    const names = ['Hoàng Hoa Thám', 'Nguyễn Trãi', 'Lương Bằng', 'Đoàn Đào', 'Lê Xá'];
    expect(
      judge(
        many((random) => pick(names, random())),
        'Địa phương',
        names,
      ),
    ).toBeNull();
  });
  it('an unknown street in a street column', () => {
    expect(
      judge(
        many((_, i) => pick(['Nguyễn Văn Tố', 'Bùi Thị Cúc', 'Phạm Huy Thông'], i)),
        'Tên đường',
      ),
    ).toBeNull();
  });
});

it('explains itself in both languages', () => {
  const problem = judge(['Nguyễn Văn An', 'Trần Thị Bình'], 'Ghi chú');
  expect(problem?.message).toContain('Cột "Ghi chú" chứa họ tên người (dòng 2, 3)');
  expect(problem?.messageEn).toContain('The column "Ghi chú" holds names of persons (rows 2, 3)');
});

describe('a short text written by hand', () => {
  it.each([
    ['đối tượng mang CCCD 001085012345', 'identity numbers'],
    ['CMND 012345678 ở khu 3', 'identity numbers'],
    ['gọi 0912 345 678 để hỏi', 'phone numbers'],
    ['xe 29A-123.45 hay đỗ ở đó', 'vehicle plates'],
  ])('is refused for one number of a person: %s', (text, kind) => {
    expect(findPersonNumber(text)?.en).toBe(kind);
  });

  it.each([
    'Do đợt ra quân 15/10/2026, 23 vụ ở khu chợ',
    'Quốc lộ 39, km 12+300',
    'Kế hoạch số 123/KH-CAT ngày 01/02/2026',
    '',
  ])('may speak of places, dates and plans: %s', (text) => {
    expect(findPersonNumber(text)).toBeNull();
  });
});
