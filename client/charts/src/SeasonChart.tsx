import type { SeasonResponse } from '@diemnong/contracts';
import type { ReactElement } from 'react';
import type { ChartFrame } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { EmptyChart } from './EmptyChart.tsx';
import { extremes } from './extremes.ts';
import { formatRate } from './formats.ts';
import { IndexBands } from './IndexBands.tsx';

/** The months of the year against the mean of their year (1), with 95% intervals. */
export function SeasonChart({ answer, frame }: { answer: SeasonResponse; frame: ChartFrame }): ReactElement {
  const words = chartWords(frame.language);
  const found = extremes(answer.months, ({ index }) => index);
  if (found === undefined) return <EmptyChart frame={frame} text={answer.n === 0 ? words.empty : words.season.short} />;
  const say = (value: number | null) => (value === null ? '–' : formatRate(value, frame.language));
  return (
    <IndexBands
      frame={frame}
      unit={words.season.axis}
      mean={words.season.mean}
      label={fill(words.season.label, {
        years: answer.years.length,
        top: found.top.month,
        topIndex: say(found.top.index),
        least: found.least.month,
        leastIndex: say(found.least.index),
      })}
      steps={answer.months.map(({ month, index, low, high }) => ({
        text: fill(words.season.monthShort, { month }),
        title: fill(index === null ? words.season.markNone : words.season.mark, {
          month,
          index: say(index),
          low: say(low),
          high: say(high),
        }),
        index,
        low,
        high,
      }))}
    />
  );
}
