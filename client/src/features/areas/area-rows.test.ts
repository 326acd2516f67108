import type { AreaSummary } from '@diemnong/contracts';
import { expect, test } from 'vitest';
import { sortAreas } from './area-rows.ts';

const area = (number: number, some: Partial<AreaSummary> = {}): AreaSummary => ({
  id: `${number}`,
  name: `Địa bàn ${number}`,
  number,
  commune: { code: '1', name: 'Xã Một' },
  communes: ['1'],
  types: [1],
  level: 'province',
  status: 'listed',
  since: null,
  listedYears: [],
  pending: 0,
  tasks: 0,
  areaKm2: null,
  ...some,
});
const numbers = (areas: readonly AreaSummary[]) => areas.map(({ number }) => number);

test('sorts names by the Vietnamese alphabet, Đ after D, numbers by their value', () => {
  const areas = [
    area(1, { name: 'Đông' }),
    area(2, { name: 'Dương' }),
    area(3, { name: 'Ấp 10' }),
    area(4, { name: 'Ấp 9' }),
  ];
  expect(numbers(sortAreas(areas, { by: 'name', isDescending: false }))).toEqual([4, 3, 2, 1]);
});

test('sorts the status by the life cycle and ties by number', () => {
  const areas = [area(3, { status: 'watched' }), area(2), area(1, { status: 'watched' })];
  expect(numbers(sortAreas(areas, { by: 'status', isDescending: false }))).toEqual([2, 1, 3]);
});

test('leaves what has no value at the end, in either direction', () => {
  const areas = [area(1), area(2, { areaKm2: 3 }), area(3, { areaKm2: 5 })];
  expect(numbers(sortAreas(areas, { by: 'area', isDescending: false }))).toEqual([2, 3, 1]);
  expect(numbers(sortAreas(areas, { by: 'area', isDescending: true }))).toEqual([3, 2, 1]);
  const dated = [area(1), area(2, { since: '2026-01-01' }), area(3, { since: '2025-01-01' })];
  expect(numbers(sortAreas(dated, { by: 'since', isDescending: true }))).toEqual([2, 3, 1]);
});
