import { seasonalIndex } from '@diemnong/analysis';
import type { getSeason, ParsedRequestOf, SeasonResponse } from '@diemnong/contracts';
import { firstDayOfMonth, monthOf, toDay } from '../../snapshot/local-days.ts';
import { toSelection } from '../../snapshot/selection.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';
import { countReported, type ReportedStep, reportingCommunes } from './reported-days.ts';
import { cutsOf, sumSpans } from './span-sums.ts';
import { tetOf } from './tet-season.ts';
import { countBySpan } from './trends-queries.ts';
import type { Period } from './trends-rules.ts';

const rule =
  'season-1: Poisson index of month against the mean of its year (analysis/seasonal-index.ts); months that some commune did not report count for the days × usual share of the others, under half left out';

/** Weeks shown before and after the one that begins on the first day of Tết. */
const tetWeeks = 8;

/** The months of whole calendar years, and the weeks around Tết. */
export async function tellSeason(
  source: CountSource,
  query: ParsedRequestOf<typeof getSeason>['query'],
): Promise<SeasonResponse> {
  const { reference } = source;
  const selection = toSelection(query, reference);
  const window = { from: selection.fromDay, to: selection.toDay };
  const communes = reportingCommunes(selection, reference);
  const wholeYears = yearsIn(window);
  const months = wholeYears.map((year) => Array.from({ length: 12 }, (_, month) => monthWindow(12 * year + month)));
  const tets = tetsIn(window);
  const weeks = tets.map(({ tet }) => weekNumbers.map((week) => ({ from: tet + 7 * week, to: tet + 7 * (week + 1) })));
  const windows = [window, ...months.flat(), ...weeks.flat()];
  const sums = sumSpans(await countBySpan(source, selection, cutsOf(windows)));
  const count = (years: readonly Period[][], steps: number) =>
    inYears(countReported(sums, years.flat(), communes, reference), steps);
  const monthSteps = count(months, 12);
  const weekSteps = count(weeks, weekNumbers.length);
  const monthIndex = indexOf(monthSteps);
  const weekIndex = indexOf(weekSteps);
  return {
    dataVersion: reference.dataVersion,
    from: query.from,
    to: query.to,
    n: sums.all(window),
    rule,
    years: wholeYears,
    months: Array.from({ length: 12 }, (_, i) => ({
      month: i + 1,
      ...(monthIndex[i] ?? unknown),
      counts: monthSteps.map((steps) => steps[i].count),
    })),
    tet: {
      years: tets.map(({ year, tet }) => ({ year, day: toDay(tet) })),
      weeks: weekNumbers.map((week, i) => ({
        week,
        ...(weekIndex[i] ?? unknown),
        counts: weekSteps.map((steps) => steps[i].count),
      })),
    },
  };
}

const weekNumbers = Array.from({ length: 2 * tetWeeks + 1 }, (_, i) => i - tetWeeks);
const unknown = { index: null, low: null, high: null };

function indexOf(years: readonly ReportedStep[][]): ReturnType<typeof seasonalIndex> {
  if (years.length === 0) return [];
  return seasonalIndex(
    years.map((steps) => steps.map(({ count }) => count)),
    years.map((steps) => steps.map(({ days }) => days)),
  );
}

function inYears(steps: readonly ReportedStep[], perYear: number): ReportedStep[][] {
  return Array.from({ length: steps.length / perYear }, (_, i) => steps.slice(i * perYear, (i + 1) * perYear));
}

function monthWindow(month: number): Period {
  return { from: firstDayOfMonth(month), to: firstDayOfMonth(month + 1) };
}

/** Calendar years that lie wholly in a window. */
function yearsIn({ from, to }: Period): number[] {
  const years: number[] = [];
  for (let year = Math.floor(monthOf(from) / 12); firstDayOfMonth(12 * (year + 1)) <= to; year++)
    if (firstDayOfMonth(12 * year) >= from) years.push(year);
  return years;
}

/** Lunar new years with all of their weeks in a window. */
function tetsIn({ from, to }: Period): { year: number; tet: number }[] {
  const tets: { year: number; tet: number }[] = [];
  for (let year = Math.floor(monthOf(from) / 12); 12 * year <= monthOf(to); year++) {
    const tet = tetOf(year);
    if (tet !== undefined && tet - 7 * tetWeeks >= from && tet + 7 * (tetWeeks + 1) <= to) tets.push({ year, tet });
  }
  return tets;
}
