import { describe, expect, it } from 'vitest';
import { categories } from '../categories.ts';
import { foldText } from '../category-synonyms.ts';
import { generateDemoIncidents } from './incidents.ts';
import { formatOfficeTime, makeSampleFile, OFFICE_HEADINGS, toOfficeCsv } from './office-file.ts';
import { DEMO_SEED, generateDemoProvince } from './province.ts';
import { at } from './random.ts';

const province = generateDemoProvince({ seed: DEMO_SEED });
const incidents = generateDemoIncidents(province, { seed: DEMO_SEED });

/** Enough of a CSV reader for cells that hold commas but neither quotes nor line breaks. */
function readCsv(text: string): string[][] {
  return text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n')
    .map((line) => [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((match) => match[1] ?? match[2] ?? ''));
}

describe('toOfficeCsv', () => {
  it('writes a marked UTF-8 text with Vietnamese headings and one line per row', () => {
    const text = toOfficeCsv(province, [incidents.rowAt(0), incidents.rowAt(1)]);
    expect(text.startsWith('\uFEFF')).toBe(true);
    const table = readCsv(text);
    expect(table[0]).toEqual([...OFFICE_HEADINGS]);
    expect(table).toHaveLength(3);
    for (const cells of table) expect(cells).toHaveLength(OFFICE_HEADINGS.length);
    expect(table[1]?.[0]).toBe('MAU-2021-000001');
  });

  it('writes times as offices do, in Việt Nam time', () => {
    expect(formatOfficeTime(Date.parse('2026-02-16T17:05:00Z'))).toBe('17/02/2026 00:05');
    expect(formatOfficeTime(null)).toBe('');
  });
});

describe('makeSampleFile', () => {
  const sample = makeSampleFile(province, incidents);
  const table = readCsv(sample.text);
  const cell = (line: number, heading: (typeof OFFICE_HEADINGS)[number]) =>
    at(at(table, line - 1), OFFICE_HEADINGS.indexOf(heading));
  const linesOf = (kind: string) => sample.flaws.filter((flaw) => flaw.kind === kind).map((flaw) => flaw.line);

  it('has sixty rows after the data ends, and says of each flaw where it is', () => {
    expect(table).toHaveLength(61);
    const spoiled = new Set(sample.flaws.map((flaw) => flaw.line));
    for (let line = 2; line <= 61; line++) {
      if (linesOf('bad_date').includes(line)) continue;
      expect(cell(line, 'Thời điểm xảy ra'), String(line)).toMatch(/^(0[1-9]|1\d)\/11\/2026 \d\d:\d\d$/);
      if (!spoiled.has(line))
        expect(
          categories.some((c) => c.nameVi === cell(line, 'Loại vụ việc')),
          String(line),
        ).toBe(true);
    }
  });

  it('holds the flaws it lists', () => {
    const [badDate = 0] = linesOf('bad_date');
    expect(cell(badDate, 'Thời điểm xảy ra')).toBe('31/02/2026 08:30');
    const [outside = 0] = linesOf('outside');
    expect(province.groundwork.findCommune(Number(cell(outside, 'Kinh độ')), Number(cell(outside, 'Vĩ độ')))).toBe(-1);
    const [swapped = 0] = linesOf('swapped_axes');
    expect(
      province.groundwork.findCommune(Number(cell(swapped, 'Vĩ độ')), Number(cell(swapped, 'Kinh độ'))),
    ).toBeGreaterThanOrEqual(0);
    const [unknown = 0] = linesOf('unknown_category');
    expect(categories.some((c) => c.nameVi === cell(unknown, 'Loại vụ việc'))).toBe(false);
    const [twice = 0] = linesOf('duplicate_reference');
    expect(cell(twice, 'Số hồ sơ')).toBe(cell(2, 'Số hồ sơ'));
    const piled = linesOf('pile_up').map((line) => `${cell(line, 'Kinh độ')} ${cell(line, 'Vĩ độ')}`);
    expect(piled.length).toBeGreaterThan(10);
    expect(new Set(piled).size).toBe(1);
  });

  it('names a commune that fits two when accents are left out', () => {
    const [line = 0] = linesOf('ambiguous_commune');
    const typed = foldText(cell(line, 'Xã/phường'));
    const matches = at(province.boundarySets, 0).communes.features.filter((f) => foldText(f.properties.name) === typed);
    expect(matches).toHaveLength(2);
    expect(cell(line, 'Kinh độ')).toBe('');
  });
});
