import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { AlertChart } from './AlertChart.tsx';
import { AreaSeriesChart } from './AreaSeriesChart.tsx';
import { AreaTaskChart } from './AreaTaskChart.tsx';
import { CellHistoryChart } from './CellHistoryChart.tsx';
import { ChangesChart } from './ChangesChart.tsx';
import { ConcentrationChart } from './ConcentrationChart.tsx';
import { ConcentrationHistoryChart } from './ConcentrationHistoryChart.tsx';
import { CumulativeChart } from './CumulativeChart.tsx';
import type { ChartFrame, ChartTheme } from './chart-types.ts';
import { FunnelChart } from './FunnelChart.tsx';
import { GroupsChart } from './GroupsChart.tsx';
import { HourWeekdayChart } from './HourWeekdayChart.tsx';
import { PeriodsChart } from './PeriodsChart.tsx';
import { RankingChart } from './RankingChart.tsx';
import { ReportingChart } from './ReportingChart.tsx';
import { SeasonChart } from './SeasonChart.tsx';
import { SurvivalChart } from './SurvivalChart.tsx';
import * as sample from './sample-answers.ts';
import { TargetGauge } from './TargetGauge.tsx';
import { TargetHistoryChart } from './TargetHistoryChart.tsx';
import { TargetsChart } from './TargetsChart.tsx';
import { TetChart } from './TetChart.tsx';

const desk: ChartFrame = { language: 'vi', theme: 'light', width: 900, height: 360 };
const draw = (chart: ReactElement) => renderToStaticMarkup(chart);
const nameOf = (code: string) => sample.sampleGroupNames[code] ?? code;

/** Attribute of every mark that carries it, in the order drawn. */
function all(svg: string, attribute: string): string[] {
  return [...svg.matchAll(new RegExp(` ${attribute}="([^"]*)"`, 'g'))].map(([, value = '']) => value);
}

function bars(svg: string): { count: number; y: number; height: number }[] {
  return [...svg.matchAll(/data-bar="([\d.]+)" x="[\d.-]+" y="([\d.-]+)" width="[\d.]+" height="([\d.]+)"/g)].map(
    ([, count, y, height]) => ({ count: Number(count), y: Number(y), height: Number(height) }),
  );
}

function expectFromZero(svg: string): void {
  const found = bars(svg);
  expect(found.length).toBeGreaterThan(0);
  const highest = found.reduce((a, b) => (b.count > a.count ? b : a));
  const ground = highest.y + highest.height;
  for (const { count, y, height } of found) {
    expect(y + height).toBeCloseTo(ground, 1);
    expect(height).toBeCloseTo((count / highest.count) * highest.height, 1);
  }
}

/** Every chart with an answer as it may come. */
const charts: Record<string, (frame: ChartFrame) => ReactElement> = {
  periods: (frame) => <PeriodsChart answer={sample.samplePeriods()} frame={frame} />,
  cumulative: (frame) => <CumulativeChart answer={sample.sampleCumulative()} frame={frame} />,
  season: (frame) => <SeasonChart answer={sample.sampleSeason()} frame={frame} />,
  tet: (frame) => <TetChart answer={sample.sampleSeason()} frame={frame} />,
  groups: (frame) => <GroupsChart answer={sample.sampleGroups()} frame={frame} nameOf={nameOf} />,
  funnel: (frame) => <FunnelChart answer={sample.sampleRanking()} frame={frame} />,
  ranking: (frame) => <RankingChart answer={sample.sampleRanking()} frame={frame} />,
  changes: (frame) => <ChangesChart answer={sample.sampleChanges()} frame={frame} />,
  'hour-weekday': (frame) => <HourWeekdayChart answer={sample.sampleHourWeekday()} frame={frame} />,
  concentration: (frame) => <ConcentrationChart answer={sample.sampleConcentration()} frame={frame} />,
  'concentration-history': (frame) => <ConcentrationHistoryChart answer={sample.sampleConcentration()} frame={frame} />,
  alert: (frame) => <AlertChart answer={sample.sampleAlert()} frame={frame} />,
  cell: (frame) => <CellHistoryChart answer={sample.sampleCell()} frame={frame} />,
  reporting: (frame) => <ReportingChart answer={sample.sampleReporting()} frame={frame} />,
  gauge: (frame) => <TargetGauge fraction={sample.sampleFraction(14, 22, 0.6)} frame={frame} name="A" />,
  targets: (frame) => <TargetsChart answer={sample.sampleTargets()} frame={frame} />,
  'target-history': (frame) => <TargetHistoryChart answer={sample.sampleTargets()} frame={frame} />,
  'target-years': (frame) => <TargetHistoryChart answer={sample.sampleTargets()} frame={frame} by="year" />,
  survival: (frame) => <SurvivalChart answer={sample.sampleTargets()} frame={frame} />,
  'area-series': (frame) => <AreaSeriesChart answer={sample.sampleAreaEvidence()} frame={frame} />,
  'area-series-periods': (frame) => (
    <AreaSeriesChart answer={sample.sampleAreaEvidence()} frame={frame} by="reporting" />
  ),
  'area-task': (frame) => <AreaTaskChart answer={sample.sampleAreaTask()} frame={frame} />,
};
const names = Object.keys(charts);

describe.each(names)('%s', (name) => {
  const chart = charts[name]!;

  test.each(['light', 'dark', 'projector', 'print'] satisfies ChartTheme[])(
    'draws in the %s theme without a hole in its numbers, without classes or inline style',
    (theme) => {
      for (const [width, height] of [
        [900, 360],
        [360, 260],
        [1920, 900],
      ] as const) {
        const svg = draw(chart({ ...desk, theme, width, height }));
        expect(svg).not.toMatch(/NaN|undefined|Infinity|\{\{|="-\d[\d.]*" height|width="-/);
        expect(svg).not.toMatch(/ class="| style="/);
        expect(svg.length).toBeGreaterThan(1000);
      }
    },
  );

  test('is an image whose name tells its numbers, in both languages', () => {
    for (const language of ['vi', 'en'] as const) {
      const svg = draw(chart({ ...desk, language }));
      const [, label = ''] = /^<svg[^>]* role="img" aria-label="([^"]+)"/.exec(svg) ?? [];
      expect(label).toMatch(/\d/);
      expect(label.length).toBeGreaterThan(20);
    }
    expect(draw(chart({ ...desk, language: 'en' }))).not.toMatch(/chưa báo cáo|vụ việc|khoảng 95%/);
  });

  test('is drawn the same twice', () => {
    expect(draw(chart(desk))).toBe(draw(chart(desk)));
  });
});

test('with marks to pick it is a group of buttons with one stop of the Tab key', () => {
  for (const name of ['periods', 'groups', 'funnel', 'ranking', 'changes', 'hour-weekday', 'reporting']) {
    const svg = draw(charts[name]!({ ...desk, height: 900, onPick: () => undefined }));
    expect(svg).toMatch(/^<svg[^>]* role="group"/);
    const stops = all(svg, 'tabindex');
    expect(stops.length).toBeGreaterThan(1);
    expect(stops.filter((stop) => stop === '0')).toHaveLength(1);
    expect(new Set(all(svg, 'data-pick')).size).toBe(stops.length);
  }
});

test('the Tab key reaches the picked mark', () => {
  const svg = draw(charts['periods']!({ ...desk, onPick: () => undefined, pickedId: '2025-03-01' }));
  expect(svg).toMatch(/tabindex="0"[^>]* aria-pressed="true" data-pick="2025-03-01"/);
});

describe('periods', () => {
  test('draws one bar per period from zero, last year as a line, silent months hatched and Tết marked', () => {
    const answer = sample.samplePeriods();
    const svg = draw(<PeriodsChart answer={answer} frame={desk} />);
    expect(bars(svg).map(({ count }) => count)).toEqual(answer.periods.map(({ count }) => count));
    expectFromZero(svg);
    expect(svg.match(/data-line="last-year"/g)).toHaveLength(1);
    const silent = answer.periods.filter(({ reported }) => !reported).length;
    expect(silent).toBeGreaterThan(0);
    expect(all(svg, 'data-silent')).toEqual(Array.from({ length: silent }, () => '3'));
    expect(svg.match(/<title>Tết: /g)).toHaveLength(2);
  });

  test('hatches the whole bar of a month that nobody reported, a foot where one commune of many is silent', () => {
    const answer = sample.samplePeriods(6);
    const periods = answer.periods.map((period, i) => ({
      ...period,
      reported: i > 1,
      unreportedCommunes: i === 0 ? 51 : i === 1 ? 1 : 0,
    }));
    const svg = draw(<PeriodsChart answer={{ ...answer, periods }} frame={desk} />);
    const heights = [...svg.matchAll(/data-silent="\d+"[^>]*? height="([\d.]+)"/g)].map(([, height]) => Number(height));
    expect(heights[0]).toBeCloseTo(bars(svg)[0]!.height, 1);
    expect(heights[1]).toBe(12);
  });

  test('says a sentence instead of an empty frame', () => {
    const empty = { ...sample.samplePeriods(), total: 0, periods: [] };
    expect(draw(<PeriodsChart answer={empty} frame={desk} />)).toContain('Không có vụ việc nào trong kỳ này');
  });

  test('stands one month, and five years', () => {
    for (const count of [1, 60]) {
      const svg = draw(<PeriodsChart answer={sample.samplePeriods(count)} frame={desk} />);
      expect(bars(svg)).toHaveLength(count);
      expectFromZero(svg);
    }
  });

  test('draws no last year where the records do not reach back, and no bar for a hidden number', () => {
    const answer = sample.samplePeriods(12);
    const alone = answer.periods.map((period) => ({
      ...period,
      count: null,
      previousYear: 0,
      ratio: null,
      changePercent: null,
    }));
    const svg = draw(<PeriodsChart answer={{ ...answer, total: null, periods: alone }} frame={desk} />);
    expect(svg).not.toContain('data-line="last-year"');
    expect(svg).not.toContain('data-bar=');
    expect(svg).toContain('số nhỏ, không hiện');
  });

  test('names the months that fit, never two over each other', () => {
    const svg = draw(<PeriodsChart answer={sample.samplePeriods(60)} frame={desk} />);
    const labels = [...svg.matchAll(/<text x="([\d.]+)" y="[\d.]+" text-anchor="middle">(\d\d\/\d{4})<\/text>/g)];
    expect(labels.length).toBeGreaterThan(4);
    const places = labels.map(([, x]) => Number(x));
    for (const [i, place] of places.slice(1).entries()) expect(place - places[i]!).toBeGreaterThan(45);
  });
});

describe('cumulative', () => {
  test('ends the line of this year where the data end and tells the verdict in words', () => {
    const answer = sample.sampleCumulative();
    const svg = draw(<CumulativeChart answer={answer} frame={desk} />);
    const points = (line: string) =>
      (new RegExp(`d="([^"]+)"[^>]* data-line="${line}"`).exec(svg)?.[1] ?? '').split('L').length;
    expect(points('current')).toBe(answer.points.filter(({ current }) => current !== null).length + 1);
    expect(points('previous')).toBe(answer.points.length + 1);
    expect(points('goal')).toBe(answer.points.length + 1);
    expect(svg).toContain('có khả năng đạt');
    expect(svg).toContain('giảm 7%');
  });

  test('stands a year that has not begun', () => {
    const answer = sample.sampleCumulative();
    const points = answer.points.map((point) => ({ ...point, current: null }));
    const svg = draw(
      <CumulativeChart
        answer={{ ...answer, current: 0, points, ratio: null, changePercent: null, state: 'no-data' }}
        frame={desk}
      />,
    );
    expect(svg).toContain('chưa có năm để so');
    expect(svg).not.toContain('NaN');
  });
});

describe('season and Tết', () => {
  test('draw one band per interval and one line per index', () => {
    const answer = sample.sampleSeason();
    const season = draw(<SeasonChart answer={answer} frame={desk} />);
    expect(all(season, 'data-interval')).toHaveLength(11);
    expect(all(season, 'data-index')).toHaveLength(11);
    expect(season).toContain('Tháng 9: chưa đủ số liệu');
    expect(all(draw(<TetChart answer={answer} frame={desk} />), 'data-index')).toHaveLength(17);
  });

  test('say "chưa đủ kỳ" without a whole year', () => {
    const answer = sample.sampleSeason();
    const short = {
      ...answer,
      months: answer.months.map((month) => ({ ...month, index: null, low: null, high: null })),
    };
    expect(draw(<SeasonChart answer={short} frame={desk} />)).toContain('Chưa đủ kỳ');
    const noTet = { ...answer, tet: { years: [], weeks: [] } };
    expect(draw(<TetChart answer={noTet} frame={desk} />)).toContain('Chưa đủ kỳ');
  });
});

describe('groups', () => {
  test('draw a bar per group and period, and say a small base instead of a percentage', () => {
    const answer = sample.sampleGroups(12);
    const small = {
      ...answer,
      rows: answer.rows.map((row, i) =>
        i === 2 ? { ...row, isSmallBase: true, changePercent: null, ratio: null } : row,
      ),
    };
    const svg = draw(<GroupsChart answer={small} frame={{ ...desk, height: 700 }} nameOf={nameOf} />);
    expect(bars(svg)).toHaveLength(11 * 12);
    expect(svg).toContain('>cơ sở nhỏ<');
    expect(svg).toContain('Gây rối trật tự công cộng');
  });

  test('stand five years of months', () => {
    const svg = draw(<GroupsChart answer={sample.sampleGroups(60)} frame={{ ...desk, height: 700 }} nameOf={nameOf} />);
    expect(bars(svg)).toHaveLength(11 * 60);
  });
});

describe('communes', () => {
  test('the funnel draws every commune once and names those outside by shape and word', () => {
    const answer = sample.sampleRanking();
    const svg = draw(<FunnelChart answer={answer} frame={{ ...desk, height: 600 }} />);
    expect(all(svg, 'data-dot').sort()).toEqual(answer.communes.map(({ code }) => code).sort());
    const outside = answer.communes.filter((commune) => commune.outside !== null);
    expect(outside.length).toBeGreaterThan(1);
    for (const { code, name } of outside) {
      expect(svg).toContain(`<path data-dot="${code}"`);
      expect(svg).toContain(`>${name}</text>`);
    }
  });

  test('the ranking shows all in a tall frame, and the picked one in a low one', () => {
    const answer = sample.sampleRanking();
    const tall = draw(<RankingChart answer={answer} frame={{ ...desk, height: 1200 }} />);
    expect(all(tall, 'data-dot')).toEqual(answer.communes.map(({ code }) => code));
    const last = answer.communes.at(-1)!.code;
    const low = draw(<RankingChart answer={answer} frame={{ ...desk, pickedId: last }} />);
    expect(all(low, 'data-dot').length).toBeLessThan(30);
    expect(all(low, 'data-dot').at(-1)).toBe(last);
    expect(low).toMatch(/còn \d+ nơi khác/);
  });

  test('stand a province of one commune, and one without records', () => {
    const answer = sample.sampleRanking(1);
    expect(all(draw(<FunnelChart answer={answer} frame={desk} />), 'data-dot')).toHaveLength(1);
    const empty = { ...answer, n: 0, overall: null, communes: [] };
    for (const Chart of [FunnelChart, RankingChart])
      expect(draw(<Chart answer={empty} frame={desk} />)).toContain('Không có vụ việc nào trong kỳ này');
  });
});

describe('changes', () => {
  test('draw every month, every level with its interval, and name every change', () => {
    const answer = sample.sampleChanges();
    const svg = draw(<ChangesChart answer={answer} frame={desk} />);
    expect(bars(svg).map(({ count }) => count)).toEqual(answer.months.map(({ counted }) => counted));
    expectFromZero(svg);
    expect(all(svg, 'data-level')).toHaveLength(2);
    expect(all(svg, 'data-interval')).toHaveLength(2);
    expect(all(svg, 'data-change')).toEqual(answer.changes.map(({ at }) => at));
    expect(svg).toContain('từ 01/2024: ×1,4 (1,31–1,5)');
  });

  test('say how many months are missing', () => {
    expect(draw(<ChangesChart answer={sample.sampleChanges(14)} frame={desk} />)).toContain(
      'chưa đủ kỳ: 13 tháng dùng được, cần 24',
    );
  });
});

describe('hours and weekdays', () => {
  test('draw 168 cells in six classes, the fullest in the last', () => {
    const answer = sample.sampleHourWeekday();
    const svg = draw(<HourWeekdayChart answer={answer} frame={desk} />);
    const classes = all(svg, 'data-class').map(Number);
    expect(classes).toHaveLength(168);
    const flat = answer.matrix.flat();
    expect(classes[flat.indexOf(Math.max(...flat))]).toBe(5);
    expect(Math.max(...classes)).toBe(5);
    expect(all(svg, 'data-hour')).toHaveLength(24);
    expect(all(svg, 'data-weekday')).toHaveLength(7);
  });

  test('an hour without records has no class', () => {
    const answer = sample.sampleHourWeekday();
    const matrix = answer.matrix.map((row, day) => row.map((value, hour) => (day === 0 && hour === 3 ? 0 : value)));
    expect(all(draw(<HourWeekdayChart answer={{ ...answer, matrix }} frame={desk} />), 'data-class')[3]).toBe('-1');
  });
});

describe('concentration', () => {
  test('draws the curve, what chance would do, and the three shares', () => {
    const svg = draw(<ConcentrationChart answer={sample.sampleConcentration()} frame={desk} />);
    expect(all(svg, 'data-line')).toEqual(['chance', 'records']);
    expect(all(svg, 'data-top')).toEqual(['0.01', '0.05', '0.1']);
  });

  test('says nothing of a window without records', () => {
    const empty = { ...sample.sampleConcentration(), n: 0, curve: [], top: [], half: null, gini: null, history: [] };
    for (const Chart of [ConcentrationChart, ConcentrationHistoryChart])
      expect(draw(<Chart answer={empty} frame={desk} />)).toContain('Không có vụ việc nào');
  });
});

describe('an alert and a cell', () => {
  test('hatch the months that were not reported and draw no zero for them', () => {
    const alert = sample.sampleAlert();
    const story = draw(<AlertChart answer={alert} frame={desk} />);
    expect(all(story, 'data-missing')).toEqual(
      alert.series.filter(({ count }) => count === null).map(({ from }) => from),
    );
    expect(bars(story)).toHaveLength(59);
    expectFromZero(story);
    const cell = sample.sampleCell();
    const history = draw(<CellHistoryChart answer={cell} frame={desk} />);
    expect(all(history, 'data-missing')).toHaveLength(1);
    expect(all(history, 'data-z')).toHaveLength(23);
    expectFromZero(history);
  });
});

describe('reporting', () => {
  test('draws 51 communes × 60 months, each state as often as the sums say', () => {
    const answer = sample.sampleReporting(51, 60);
    const svg = draw(<ReportingChart answer={answer} frame={{ ...desk, width: 1400, height: 1100 }} />);
    const states = all(svg, 'data-state');
    // One more of each stands in the key.
    for (const state of ['reported', 'none', 'missing', 'pending'] as const)
      expect(states.filter((other) => other === state)).toHaveLength(answer.sums[state] + 1);
    expect(states).toHaveLength(51 * 60 + 4);
  });
});

describe('the targets', () => {
  /** The angle that a point of a gauge stands at, as a share of the semicircle: 0 left, 1 right. */
  const shareAt = (x: number, y: number, middle: { x: number; y: number }) =>
    1 - Math.atan2(middle.y - y, x - middle.x) / Math.PI;

  test('a gauge is filled to the rate, ticked at the target and spans the interval inside', () => {
    const fraction = sample.sampleFraction(14, 22, 0.6);
    const svg = draw(<TargetGauge fraction={fraction} frame={desk} name="Chuyển hóa" />);
    const [, x0 = '', y0 = ''] = /data-rate="[^"]*" d="M([\d.]+) ([\d.]+)A/.exec(svg) ?? [];
    const [, radius = '', x1 = '', y1 = ''] =
      /data-rate="[^"]*" d="M[\d.]+ [\d.]+A([\d.]+) [\d.]+ 0 0 1 ([\d.]+) ([\d.]+)/.exec(svg) ?? [];
    const middle = { x: Number(x0) + Number(radius), y: Number(y0) };
    expect(shareAt(Number(x1), Number(y1), middle)).toBeCloseTo(14 / 22, 3);
    const [, tickX = '', tickY = ''] = /data-target="0.6" x1="([\d.]+)" y1="([\d.]+)"/.exec(svg) ?? [];
    expect(shareAt(Number(tickX), Number(tickY), middle)).toBeCloseTo(0.6, 3);
    const [, lowX = '', lowY = '', highX = '', highY = ''] =
      /data-interval="[^"]*" d="M([\d.]+) ([\d.]+)A[\d.]+ [\d.]+ 0 0 1 ([\d.]+) ([\d.]+)/.exec(svg) ?? [];
    expect(shareAt(Number(lowX), Number(lowY), middle)).toBeCloseTo(fraction.low ?? Number.NaN, 2);
    expect(shareAt(Number(highX), Number(highY), middle)).toBeCloseTo(fraction.high ?? Number.NaN, 2);
    expect(svg).toContain('>63,6%</text>');
    expect(svg).toContain('14/22 địa bàn, 63,6%');
  });

  test('a gauge tells its state by a pattern of its own, and without a denominator by words', () => {
    const states = [
      [14, 22, 'met'],
      [12, 22, 'at-risk'],
      [3, 22, 'missed'],
    ] as const;
    for (const [numerator, denominator, state] of states) {
      const svg = draw(
        <TargetGauge fraction={sample.sampleFraction(numerator, denominator, 0.6)} frame={desk} name="A" />,
      );
      expect(svg).toContain(`data-gauge="${state}"`);
      expect(svg).toContain(`url(#chart-gauge-${state}-light)`);
    }
    const none = draw(<TargetGauge fraction={sample.sampleFraction(0, 0, 0.6)} frame={desk} name="A" />);
    expect(none).toContain('>chưa có dữ liệu</text>');
    expect(none).not.toMatch(/data-rate|data-interval|>0%<|>100%</);
    expect(all(none, 'data-target')).toEqual(['0.6']);
  });

  test.each([
    [0, 9],
    [9, 9],
    [1, 1],
  ])('a gauge stands %d of %d', (numerator, denominator) => {
    const svg = draw(
      <TargetGauge fraction={sample.sampleFraction(numerator, denominator, 0.85)} frame={desk} name="A" />,
    );
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(svg).toContain(numerator === 0 ? '>0%</text>' : '>100%</text>');
  });

  test('both say their fraction, interval and state in words', () => {
    const svg = draw(<TargetsChart answer={sample.sampleTargets()} frame={desk} />);
    for (const text of [
      '14/22 địa bàn',
      '23/28 địa bàn',
      'Chỉ tiêu từ 60%: đạt chỉ tiêu',
      'Chỉ tiêu từ 85%: có nguy cơ',
    ])
      expect(svg).toContain(text);
    expect(draw(<TargetsChart answer={sample.sampleTargets(true)} frame={desk} />)).toContain('0/0 địa bàn');
  });

  test('the curve falls in steps, marks those followed no longer and counts who is followed', () => {
    const answer = sample.sampleTargets();
    const svg = draw(<SurvivalChart answer={answer} frame={desk} />);
    const { curve } = answer.noRelapse;
    expect(all(svg, 'data-events')).toEqual(curve.map(({ events }) => String(events)));
    expect(all(svg, 'data-censored')).toEqual(['4', '9', '10']);
    expect(all(svg, 'data-at-risk')).toEqual(['28', '28', '26', '26', '21', '11', '11', '0', '0']);
    const [, line = ''] = /data-line="survival" d="([^"]+)"/.exec(svg) ?? [];
    const heights = [...line.matchAll(/V([\d.]+)/g)].map(([, y]) => Number(y));
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    expect(heights).toHaveLength(curve.length);
    expect(all(svg, 'data-target')).toEqual(['0.85']);
    expect(draw(<SurvivalChart answer={sample.sampleTargets(true)} frame={desk} />)).toContain(
      'Chưa có địa bàn nào đạt',
    );
  });

  test('the history leaves a gap where there was no list yet', () => {
    const svg = draw(<TargetHistoryChart answer={sample.sampleTargets()} frame={desk} />);
    expect(all(svg, 'data-point')).toHaveLength(19);
    expect(all(svg, 'data-target')).toEqual(['transformation', 'no-relapse']);
    expect(draw(<TargetHistoryChart answer={sample.sampleTargets(true)} frame={desk} />)).toContain(
      'Chưa có dữ liệu để vẽ',
    );
  });

  test('the history by year goes from the oldest to the newest', () => {
    const svg = draw(<TargetHistoryChart answer={sample.sampleTargets()} frame={desk} by="year" />);
    expect(svg.indexOf('>2025</text>')).toBeGreaterThan(0);
    expect(svg.indexOf('>2026</text>')).toBeGreaterThan(svg.indexOf('>2025</text>'));
  });
});

describe('an area', () => {
  test('draws its months by phase, hatches what was not reported and marks its steps', () => {
    const answer = sample.sampleAreaEvidence();
    const svg = draw(<AreaSeriesChart answer={answer} frame={desk} />);
    expect(bars(svg).map(({ count }) => count)).toEqual(
      answer.months.flatMap(({ count }) => (count === null ? [] : [count])),
    );
    expectFromZero(svg);
    expect(all(svg, 'data-missing')).toEqual(['2026-02-01']);
    expect(all(svg, 'data-phase')).toEqual(['before', 'during', 'after']);
    expect(all(svg, 'data-level')).toEqual(['before', 'after']);
    expect(all(svg, 'data-mark')).toEqual(answer.marks.map(({ type }) => type));
    expect(svg).toContain('chuyển hóa · 233/KH-CA · 10/09/2025');
  });

  test('draws reporting periods from the same answer, and no level where nothing is compared', () => {
    const answer = { ...sample.sampleAreaEvidence(), before: null, after: null, marks: [] };
    const svg = draw(<AreaSeriesChart answer={answer} frame={desk} by="reporting" />);
    expect(bars(svg)).toHaveLength(36);
    expect(svg).not.toContain('data-level');
    expect(svg).toContain('Chưa so sánh trước và sau');
    expect(draw(<AreaSeriesChart answer={{ ...answer, months: [] }} frame={desk} />)).toContain('Chưa có số liệu');
  });

  test('names of steps never stand over each other, however close their days', () => {
    const answer = sample.sampleAreaEvidence();
    const marks = Array.from({ length: 12 }, (_, i) => ({
      on: `2025-09-${String(i + 1).padStart(2, '0')}`,
      type: 'measure' as const,
      label: null,
    }));
    const svg = draw(<AreaSeriesChart answer={{ ...answer, marks }} frame={desk} />);
    expect(all(svg, 'data-mark')).toHaveLength(12);
    const texts = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)" text-anchor="\w+" fill="#1c2431"[^>]*>biện pháp/g)];
    expect(texts.length).toBeGreaterThan(1);
    expect(new Set(texts.map(([, , y]) => y)).size).toBe(texts.length);
  });

  test('under review sets the months in question against the baseline of their season', () => {
    const answer = sample.sampleAreaTask();
    const svg = draw(<AreaTaskChart answer={answer} frame={desk} />);
    expect(bars(svg)).toHaveLength(32);
    expectFromZero(svg);
    expect(all(svg, 'data-baseline')).toEqual(['10', '10', '10']);
    expect(all(svg, 'data-missing')).toHaveLength(1);
    expect(svg).toContain('bằng 0,9 mức gốc');
  });
});
