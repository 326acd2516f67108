import { describe, expect, test } from 'vitest';
import { alertTable } from './alert-table.ts';
import { areaSeriesTable } from './area-series-table.ts';
import { areaTaskTable } from './area-task-table.ts';
import { cellHistoryTable } from './cell-history-table.ts';
import { changesTable } from './changes-table.ts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { concentrationHistoryTable } from './concentration-history-table.ts';
import { concentrationTable } from './concentration-table.ts';
import { cumulativeTable } from './cumulative-table.ts';
import { funnelTable } from './funnel-table.ts';
import { groupsTable } from './groups-table.ts';
import { hourWeekdayTable } from './hour-weekday-table.ts';
import { periodsTable } from './periods-table.ts';
import { rankingTable } from './ranking-table.ts';
import { reportingTable } from './reporting-table.ts';
import * as sample from './sample-answers.ts';
import { seasonTable } from './season-table.ts';
import { survivalTable } from './survival-table.ts';
import { targetHistoryTable } from './target-history-table.ts';
import { targetsTable } from './targets-table.ts';
import { tetTable } from './tet-table.ts';

const tables: Record<string, (language: ChartLanguage) => ChartTable> = {
  periods: (language) => periodsTable(sample.samplePeriods(), language),
  cumulative: (language) => cumulativeTable(sample.sampleCumulative(), language),
  season: (language) => seasonTable(sample.sampleSeason(), language),
  tet: (language) => tetTable(sample.sampleSeason(), language),
  groups: (language) => groupsTable(sample.sampleGroups(), language, (code) => code),
  funnel: (language) => funnelTable(sample.sampleRanking(), language),
  ranking: (language) => rankingTable(sample.sampleRanking(), language),
  changes: (language) => changesTable(sample.sampleChanges(), language),
  'hour-weekday': (language) => hourWeekdayTable(sample.sampleHourWeekday(), language),
  concentration: (language) => concentrationTable(sample.sampleConcentration(), language),
  'concentration-history': (language) => concentrationHistoryTable(sample.sampleConcentration(), language),
  alert: (language) => alertTable(sample.sampleAlert(), language),
  cell: (language) => cellHistoryTable(sample.sampleCell(), language),
  reporting: (language) => reportingTable(sample.sampleReporting(), language),
  targets: (language) => targetsTable(sample.sampleTargets(), language),
  'target-history': (language) => targetHistoryTable(sample.sampleTargets(), language),
  'target-years': (language) => targetHistoryTable(sample.sampleTargets(), language, 'year'),
  survival: (language) => survivalTable(sample.sampleTargets(), language),
  'area-series': (language) => areaSeriesTable(sample.sampleAreaEvidence(), language),
  'area-periods': (language) => areaSeriesTable(sample.sampleAreaEvidence(), language, 'reporting'),
  'area-task': (language) => areaTaskTable(sample.sampleAreaTask(), language),
};

describe.each(Object.keys(tables))('the table of %s', (name) => {
  test('has a cell for every column, numbers in columns of numbers and days as days', () => {
    const { columns, rows } = tables[name]!('vi');
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(columns.map(({ key }) => key)).size).toBe(columns.length);
    for (const row of rows) {
      expect(row).toHaveLength(columns.length);
      row.forEach((value, i) => {
        if (value === null) return;
        const { kind } = columns[i]!;
        if (kind === 'day') expect(value).toMatch(/^\d{4}-\d\d-\d\d$/);
        else if (kind === 'text') expect(typeof value).toBe('string');
        else if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
        // A month that was not reported is a word, never a zero.
        else expect(name).toBe('reporting');
      });
    }
  });

  test('has the same rows and columns in both languages', () => {
    const [vi, en] = [tables[name]!('vi'), tables[name]!('en')];
    expect(en.columns.map(({ key, kind }) => `${key} ${kind}`)).toEqual(
      vi.columns.map(({ key, kind }) => `${key} ${kind}`),
    );
    expect(en.rows.length).toBe(vi.rows.length);
    expect(en.columns.map(({ label }) => label)).not.toEqual(vi.columns.map(({ label }) => label));
  });
});

test('the table of periods adds up to what the chart draws', () => {
  const answer = sample.samplePeriods();
  const { columns, rows } = periodsTable(answer, 'vi');
  const place = columns.findIndex(({ key }) => key === 'count');
  expect(rows.reduce((sum, row) => sum + Number(row[place]), 0)).toBe(answer.total);
});

test('the table of reporting says what is missing in words and confirmed months as zero', () => {
  const answer = sample.sampleReporting(10, 12);
  const cells = reportingTable(answer, 'vi').rows.flatMap((row) => row.slice(2));
  expect(cells.filter((cell) => cell === 'chưa báo cáo')).toHaveLength(answer.sums.missing);
  expect(cells.filter((cell) => cell === 0).length).toBeGreaterThanOrEqual(answer.sums.none);
});
