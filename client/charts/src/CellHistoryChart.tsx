import type { HotspotStory } from '@diemnong/contracts';
import { line } from '@visx/shape';
import type { ReactElement } from 'react';
import { ChartSvg } from './ChartSvg.tsx';
import { CountBar } from './CountBar.tsx';
import type { ChartFrame, ChartLanguage } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { EmptyChart } from './EmptyChart.tsx';
import { formatMonth, formatNumber, formatSigned } from './formats.ts';
import { greatest } from './greatest.ts';
import { Hatch } from './Hatch.tsx';
import { HoverArea } from './HoverArea.tsx';
import { KeyLine } from './KeyLine.tsx';
import { Mark } from './Mark.tsx';
import { PeriodAxis } from './PeriodAxis.tsx';
import { bandScale, lookOf, plotIn, round, valueScale } from './plot.ts';
import { textWidth } from './text-width.ts';
import { axisWidth, ValueAxis } from './ValueAxis.tsx';

type Step = HotspotStory['steps'][number];

/** Two-sided 95% of a standard normal score. */
const surely = 1.96;

/** One cell through its months: its records as bars, with its ring as a line; below, its score with the 95% limits. */
export function CellHistoryChart({ answer, frame }: { answer: HotspotStory; frame: ChartFrame }): ReactElement {
  const { language } = frame;
  const words = chartWords(language);
  const { steps } = answer;
  if (steps.length === 0) return <EmptyChart frame={frame} text={words.noData} />;
  const look = lookOf(frame);
  const top = Math.max(greatest(steps.flatMap(({ count, neighbourhood }) => [count, neighbourhood])), 1);
  const whole = plotIn(frame, {
    left: Math.max(axisWidth(frame, top), Math.ceil(textWidth('+1,96', look.small)) + 14),
    right: 8,
    top: look.lineHeight * 1.9,
    bottom: look.lineHeight * 2.4,
  });
  const gap = look.lineHeight * 1.7;
  const countsBottom = round(whole.top + (whole.height - gap) * 0.6);
  const counts = { ...whole, bottom: countsBottom, height: countsBottom - whole.top };
  const scores = { ...whole, top: countsBottom + gap, height: whole.bottom - countsBottom - gap };
  const scale = valueScale(counts, top, { isWhole: true });
  const known = steps.flatMap(({ z }) => (z === null ? [] : [z]));
  const reach = Math.max(2.5, ...known.map(Math.abs)) * 1.05;
  const score = (z: number) => round((scores.top + scores.bottom) / 2 - (z / reach) * (scores.height / 2));
  const bands = bandScale(whole, steps.length);
  const ring =
    line<Step>({
      x: (_, i) => bands.middle(i),
      y: ({ neighbourhood }) => scale.at(neighbourhood ?? 0),
      defined: ({ neighbourhood }) => neighbourhood !== null,
    })(steps) ?? '';
  return (
    <ChartSvg
      frame={frame}
      label={fill(words.cell.label, {
        cell: answer.cell.replace(/f+$/, ''),
        commune: answer.commune.name,
        count: formatNumber(answer.count, language),
        months: steps.length,
        z: answer.z === null ? '–' : formatSigned(answer.z, language, 2),
      })}
    >
      <Hatch theme={frame.theme} />
      <ValueAxis frame={frame} plot={counts} scale={scale} unit={words.records} />
      {[surely, 0, -surely].map((z) => (
        <g key={z}>
          <line
            x1={whole.left}
            x2={whole.right}
            y1={score(z)}
            y2={score(z)}
            stroke={z === 0 ? look.axis : look.second}
            strokeDasharray={z === 0 ? undefined : '6 4'}
          />
          <text x={whole.left - 8} y={round(score(z) + look.small * 0.35)} textAnchor="end" fill={look.ink2}>
            {formatSigned(z, language, 2)}
          </text>
        </g>
      ))}
      <text x={2} y={round(scores.top - 6)} fill={look.ink2}>
        {words.cell.z}
      </text>
      {steps.map((step, i) => (
        <Mark key={step.from} frame={frame} title={sayStep(step, language)}>
          <HoverArea frame={frame} plot={whole} x={bands.start(i)} width={bands.width} />
          <CountBar
            frame={frame}
            bands={bands}
            scale={scale}
            plot={whole}
            ground={countsBottom}
            index={i}
            from={step.from}
            count={step.count}
            fill={look.bar}
          />
          {step.z !== null && (
            <circle
              data-z={step.z}
              cx={bands.middle(i)}
              cy={score(step.z)}
              r={Math.min(4, Math.max(2, bands.width / 2))}
              fill={step.z > surely ? look.hot : step.z < -surely ? look.strong : look.surface}
              stroke={step.z > surely ? look.hot : look.strong}
              strokeWidth={1.25}
            />
          )}
        </Mark>
      ))}
      <path
        d={ring}
        fill="none"
        stroke={look.strong}
        strokeWidth={1.75}
        pointerEvents="none"
        data-line="neighbourhood"
      />
      <PeriodAxis frame={frame} plot={whole} bands={bands} periods={steps} by="month" />
      <KeyLine
        frame={frame}
        y={look.small + 1}
        keys={[
          { text: words.cell.own, shape: 'bar', color: look.bar },
          { text: words.cell.neighbourhood, shape: 'thin', color: look.strong },
          ...(steps.some(({ count }) => count === null) ? [{ text: words.notReported, shape: 'hatch' } as const] : []),
        ]}
      />
    </ChartSvg>
  );
}

function sayStep({ from, count, neighbourhood, z }: Step, language: ChartLanguage): string {
  const { cell } = chartWords(language);
  return fill(count === null ? cell.markNone : cell.mark, {
    month: formatMonth(from),
    count: formatNumber(count ?? 0, language, 1),
    neighbourhood: neighbourhood === null ? '–' : formatNumber(neighbourhood, language, 1),
    z: z === null ? '–' : formatSigned(z, language, 2),
  });
}
