import type { SeasonResponse } from '@diemnong/contracts';
import type { ReactElement } from 'react';
import type { ChartFrame, ChartLanguage } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { EmptyChart } from './EmptyChart.tsx';
import { extremes } from './extremes.ts';
import { formatRate, formatSigned } from './formats.ts';
import { IndexBands } from './IndexBands.tsx';

/** Eight weeks before and after the first day of Tết against their mean week (1), with 95% intervals; the week of Tết marked. */
export function TetChart({ answer, frame }: { answer: SeasonResponse; frame: ChartFrame }): ReactElement {
  const words = chartWords(frame.language);
  const { years, weeks } = answer.tet;
  const found = extremes(weeks, ({ index }) => index);
  if (found === undefined)
    return <EmptyChart frame={frame} text={answer.n === 0 ? words.empty : words.tetWeeks.short} />;
  const say = (value: number | null) => (value === null ? '–' : formatRate(value, frame.language));
  return (
    <IndexBands
      frame={frame}
      unit={words.tetWeeks.axis}
      mean={words.tetWeeks.mean}
      across={words.tetWeeks.across}
      label={fill(words.tetWeeks.label, {
        years: years.length,
        top: sayWeek(found.top.week, frame.language),
        topIndex: say(found.top.index),
        least: sayWeek(found.least.week, frame.language),
        leastIndex: say(found.least.index),
      })}
      steps={weeks.map(({ week, index, low, high }) => ({
        text: week === 0 ? words.tet : formatSigned(week, frame.language),
        title: fill(index === null ? words.tetWeeks.markNone : words.tetWeeks.mark, {
          week: sayWeek(week, frame.language),
          index: say(index),
          low: say(low),
          high: say(high),
        }),
        index,
        low,
        high,
        isMarked: week === 0,
      }))}
    />
  );
}

function sayWeek(week: number, language: ChartLanguage): string {
  const { at, before, after } = chartWords(language).tetWeeks;
  return week === 0 ? at : fill(week < 0 ? before : after, { weeks: Math.abs(week) });
}
