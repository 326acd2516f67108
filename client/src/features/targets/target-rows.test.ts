import type { TargetArea } from '@diemnong/contracts';
import { describe, expect, test } from 'vitest';
import { filterRows, readingYears, sortRows } from './target-rows.ts';
import type { AreaReading } from './use-targets.ts';

function row(number: number, name: string, change: Partial<TargetArea> = {}): TargetArea {
  return {
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    number,
    name,
    commune: { code: '30001', name: 'Phường Long Xuyên' },
    types: [1],
    status: 'transforming',
    counts: false,
    on: '2026-02-01',
    decisionNumber: null,
    decisionDate: null,
    fileId: null,
    outcomeOn: null,
    outcomeDecisionNumber: null,
    outcomeFileId: null,
    carried: false,
    late: false,
    reshaped: false,
    ...change,
  };
}

const market = row(1, 'Chợ Đông Hải', { counts: true, on: '2026-03-01' });
const station = row(2, 'Bến xe Thuận Hòa', { commune: { code: '30002', name: 'Xã Thuận Hòa' } });
const pit = row(3, 'Bãi cát', { decisionNumber: '210/QĐ-UBND', on: '2025-05-05' });
const rows = [market, station, pit];
const names = (list: readonly TargetArea[]) => list.map(({ name }) => name);

function reading(area: TargetArea, ratio: number | null, said: AreaReading['reading']): [string, AreaReading] {
  return [area.id, { id: area.id, reading: said, before: 10, after: 5, ratio, low: null, high: null }];
}

describe('filterRows', () => {
  test('finds by name, commune and decision, accents and case ignored', () => {
    expect(names(filterRows(rows, { part: 'all', text: 'dong hai' }))).toEqual(['Chợ Đông Hải']);
    expect(names(filterRows(rows, { part: 'all', text: ' XÃ THUẬN' }))).toEqual(['Bến xe Thuận Hòa']);
    expect(names(filterRows(rows, { part: 'all', text: '210/qd' }))).toEqual(['Bãi cát']);
    expect(filterRows(rows, { part: 'all', text: 'không có' })).toEqual([]);
  });

  test('parts of the list add up to the list', () => {
    const part = (name: 'in' | 'out') => filterRows(rows, { part: name, text: '' });
    expect(names(part('in'))).toEqual(['Chợ Đông Hải']);
    expect(part('in').length + part('out').length).toBe(rows.length);
  });
});

describe('sortRows', () => {
  test('sorts names as Vietnamese does, both ways', () => {
    const sorted = (isDescending: boolean) => names(sortRows(rows, { by: 'name', isDescending }, new Map()));
    expect(sorted(false)).toEqual(['Bãi cát', 'Bến xe Thuận Hòa', 'Chợ Đông Hải']);
    expect(sorted(true)).toEqual(['Chợ Đông Hải', 'Bến xe Thuận Hòa', 'Bãi cát']);
  });

  test('leaves what was not read or not compared at the end, either way', () => {
    const readings = new Map([reading(market, 1.2, 'against'), reading(pit, 0.4, 'strong')]);
    for (const isDescending of [false, true])
      expect(names(sortRows(rows, { by: 'counts', isDescending }, readings)).at(-1)).toBe('Bến xe Thuận Hòa');
    expect(names(sortRows(rows, { by: 'reading', isDescending: false }, readings))[0]).toBe('Bãi cát');
  });
});

test('readings are asked for the list of the year, or for the years of the successes', () => {
  expect(readingYears(rows, 2026)).toEqual([2026]);
  expect(readingYears([], 2026)).toEqual([]);
  expect(readingYears(rows, null)).toEqual([2026, 2025]);
});
