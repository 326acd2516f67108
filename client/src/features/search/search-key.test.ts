import { expect, test } from 'vitest';
import { searchByName, searchKey } from './search-key.ts';

const places = ['Hoà Bình', 'Đông Hoà', 'Hòa', 'Nam Cường'].map((name) => ({ name, fullName: `Xã ${name}` }));

test('takes accents, tone placement, đ and case away', () => {
  expect(searchKey('  Phường ĐÔNG Hoà ')).toBe('phuong dong hoa');
  expect(searchKey('Hòa')).toBe(searchKey('Hoà'));
});

test('finds names typed without accents, the exact one first', () => {
  expect(searchByName(places, 'hoa', 5).map(({ name }) => name)).toEqual(['Hòa', 'Hoà Bình', 'Đông Hoà']);
  expect(searchByName(places, 'xa nam', 5).map(({ name }) => name)).toEqual(['Nam Cường']);
});

test('finds nothing for nothing', () => {
  expect(searchByName(places, '  ', 5)).toEqual([]);
});
