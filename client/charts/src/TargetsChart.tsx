import type { Fraction, TargetsResponse } from '@diemnong/contracts';
import type { ReactElement } from 'react';
import { ChartSvg } from './ChartSvg.tsx';
import type { ChartFrame } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { formatDay, formatNumber, formatShare } from './formats.ts';
import { GaugeArc, GaugePatterns } from './gauge-arc.tsx';
import { lookOf, round } from './plot.ts';
import { sayFraction } from './target-words.ts';

/** Both targets, side by side or in a narrow frame below each other, each with its fraction, interval and state in words. */
export function TargetsChart({ answer, frame }: { answer: TargetsResponse; frame: ChartFrame }): ReactElement {
  const { language } = frame;
  const words = chartWords(language).targets;
  const look = lookOf(frame);
  const gauges = [
    { name: words.transformation, fraction: answer.transformation },
    { name: words.noRelapse, fraction: answer.noRelapse },
  ];
  const isWide = frame.width > frame.height * 1.25;
  const width = isWide ? frame.width / 2 : frame.width;
  const height = isWide ? frame.height : frame.height / 2;
  return (
    <ChartSvg
      frame={frame}
      label={fill(words.bothLabel, {
        year: answer.year,
        day: formatDay(answer.asOf),
        transformation: sayFraction(answer.transformation, words.transformation, language),
        noRelapse: sayFraction(answer.noRelapse, words.noRelapse, language),
      })}
    >
      <GaugePatterns theme={frame.theme} />
      {gauges.map(({ name, fraction }, i) => {
        const left = isWide ? i * width : 0;
        const top = isWide ? 0 : i * height;
        const middle = round(left + width / 2);
        const lines = wordsUnder(fraction, frame);
        const head = look.title * 1.5;
        const foot = look.lineHeight * (lines.length + 0.25);
        return (
          <g key={name}>
            <text x={middle} y={round(top + look.title)} textAnchor="middle" fontSize={look.title} fontWeight={700}>
              {name}
            </text>
            <GaugeArc
              fraction={fraction}
              frame={frame}
              box={{ left, top: top + head, width, height: Math.max(height - head - foot, 40) }}
            />
            {lines.map((line, place) => (
              <text
                key={line}
                x={middle}
                y={round(top + height - foot + (place + 0.85) * look.lineHeight)}
                textAnchor="middle"
                fontWeight={place === 1 ? 400 : 700}
                fill={place === 1 ? look.ink2 : look.ink}
              >
                {line}
              </text>
            ))}
          </g>
        );
      })}
    </ChartSvg>
  );
}

function wordsUnder(
  { numerator, denominator, low, high, target, state }: Fraction,
  { language }: ChartFrame,
): string[] {
  const words = chartWords(language).targets;
  const share = (value: number) => formatShare(value, language);
  return [
    fill(words.of, {
      numerator: formatNumber(numerator, language),
      denominator: formatNumber(denominator, language),
    }),
    low === null || high === null ? '' : fill(words.interval, { low: share(low), high: share(high) }),
    fill(words.verdict, { target: share(target), state: words.state[state] }),
  ].filter((line) => line !== '');
}
