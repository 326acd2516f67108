import { describe, expect, test } from 'vitest';
import { validateView } from './use-view.ts';
import { parseSearchText, toSearchText } from './view-search.ts';

const read = (text: string) => validateView(parseSearchText(text));

test('a view written into the address is read back as it was', () => {
  const view = {
    from: '2026-01-01',
    to: '2026-07-01',
    layer: 'commune' as const,
    measure: 'change' as const,
    res: 8,
    categories: ['trom-cap', 'cuop'],
    hours: [22, 23, 0],
    weekdays: [6, 7],
    selected: 'hex:8841a4c6a1fffff',
    at: { lng: 106.25, lat: 20.5, zoom: 10.25 },
    lang: 'en' as const,
    by: 'reporting' as const,
    align: 'lunar' as const,
    year: 2025,
    per: 'area' as const,
    yearBy: 'reporting' as const,
  };
  const text = toSearchText(view);
  expect(text).toContain('hours=22,23,0');
  expect(text).toContain('selected=hex:8841a4c6a1fffff');
  expect(read(text)).toEqual(view);
});

test('a view of hot spots is a link', () => {
  const view = { layer: 'emerging' as const, score: 'per10k' as const, cold: '1' as const, res: 9 };
  expect(toSearchText(view)).toBe('?layer=emerging&score=per10k&cold=1&res=9');
  expect(read(toSearchText(view))).toEqual(view);
  expect(read('?layer=hotspots&score=count&cold=0')).toEqual({});
});

test('a view of areas is a link', () => {
  const text =
    '?areaYear=2026&areaTypes=1,4&areaCommunes=90025,90397&areaLevel=commune&areaText=ch%E1%BB%A3&asOf=2026-06-30';
  const view = read(text);
  expect(view).toEqual({
    areaYear: 2026,
    areaTypes: [1, 4],
    areaCommunes: ['90025', '90397'],
    areaLevel: 'commune',
    areaText: 'chợ',
    asOf: '2026-06-30',
  });
  expect(toSearchText(view)).toBe(text);
  expect(read('?areaTypes=5&asOf=2026-13-01&areaLevel=state')).toEqual({});
});

test('a view of areas is a link', () => {
  const view = {
    areas: '1' as const,
    areaGroup: 'watched' as const,
    areaTypes: [1 as const, 4 as const],
    areaYear: 2026,
  };
  expect(read(toSearchText(view))).toEqual(view);
  expect(read('?areas=0&areaGroup=closed&areaTypes=5&areaYear=26&area=14')).toEqual({});
});

test('reading what was read changes nothing', () => {
  const view = read('?hours=1,2&at=106,20,9&res=9');
  expect(validateView(view)).toEqual(view);
});

describe('a damaged link', () => {
  test('falls back to the default of each damaged value and keeps the rest', () => {
    expect(
      read('?from=yesterday&to=2026-07-01&res=12&hours=25&at=abc&layer=pie&selected=person:1&by=day&year=25'),
    ).toEqual({
      to: '2026-07-01',
    });
  });
});

test('defaults are not written', () => {
  expect(toSearchText({})).toBe('');
  expect(toSearchText({ categories: undefined })).toBe('');
});
