import type { ReactElement } from 'react';
import { ChartSvg } from './ChartSvg.tsx';
import type { ChartFrame } from './chart-types.ts';
import { chartWords } from './chart-words.ts';
import { formatFixed } from './formats.ts';
import { greatest } from './greatest.ts';
import { HoverArea } from './HoverArea.tsx';
import { KeyLine } from './KeyLine.tsx';
import { Mark } from './Mark.tsx';
import { thinLabels } from './period-words.ts';
import { bandScale, lookOf, plotIn, round, valueScale } from './plot.ts';
import { textWidth } from './text-width.ts';
import { axisWidth, ValueAxis } from './ValueAxis.tsx';

type IndexStep = {
  text: string;
  title: string;
  index: number | null;
  low: number | null;
  high: number | null;
  isMarked?: boolean;
};

type IndexBandsProps = {
  frame: ChartFrame;
  label: string;
  unit: string;
  mean: string;
  across?: string;
  steps: readonly IndexStep[];
};

/** Indices around 1 with their 95% intervals as lighter bands: the season of the year, the weeks of Tết. */
export function IndexBands({ frame, label, unit, mean, across, steps }: IndexBandsProps): ReactElement {
  const look = lookOf(frame);
  const words = chartWords(frame.language);
  const top = Math.max(greatest(steps.map(({ high, index }) => high ?? index)), 1.2);
  const plot = plotIn(frame, {
    left: axisWidth(frame, 1.25),
    right: 8,
    top: look.lineHeight * 2.2,
    bottom: look.lineHeight * (across === undefined ? 1.6 : 2.7),
  });
  const scale = valueScale(plot, top);
  const bands = bandScale(plot, steps.length, 0.35);
  const shown = new Set(
    thinLabels(
      steps.map(({ text }) => text),
      [],
      bands.step,
      look.small,
    ),
  );
  const hasNumbers = bands.step >= textWidth('0,00', look.small) + 4;
  return (
    <ChartSvg frame={frame} label={label}>
      <ValueAxis frame={frame} plot={plot} scale={scale} unit={unit} />
      <line x1={plot.left} x2={plot.right} y1={scale.at(1)} y2={scale.at(1)} stroke={look.ink2} strokeDasharray="6 4" />
      {steps.map((step, i) => {
        const { index, low, high } = step;
        return (
          <Mark key={step.text} frame={frame} title={step.title}>
            <HoverArea frame={frame} plot={plot} x={bands.start(i)} width={bands.width} />
            {low !== null && high !== null && (
              <rect
                data-interval={step.text}
                x={bands.start(i)}
                y={scale.at(high)}
                width={bands.width}
                height={round(Math.max(scale.at(low) - scale.at(high), 1))}
                fill={step.isMarked ? look.second : look.bar}
                fillOpacity={0.3}
              />
            )}
            {index === null ? (
              <text x={bands.middle(i)} y={scale.at(1) - 4} textAnchor="middle" fill={look.ink2}>
                –
              </text>
            ) : (
              <line
                data-index={step.text}
                x1={bands.start(i)}
                x2={round(bands.start(i) + bands.width)}
                y1={scale.at(index)}
                y2={scale.at(index)}
                stroke={step.isMarked ? look.second : look.strong}
                strokeWidth={3.5}
              />
            )}
            {index !== null && hasNumbers && (
              <text
                x={bands.middle(i)}
                y={round(scale.at(high ?? index) - 5)}
                textAnchor="middle"
                stroke={look.surface}
                strokeWidth={3}
                paintOrder="stroke"
              >
                {formatFixed(index, frame.language, 2)}
              </text>
            )}
          </Mark>
        );
      })}
      <g fill={look.ink2} textAnchor="middle">
        {steps.map(
          (step, i) =>
            (shown.has(i) || step.isMarked) && (
              <text
                key={step.text}
                x={bands.middle(i)}
                y={plot.bottom + look.lineHeight}
                fontWeight={step.isMarked ? 700 : 400}
                fill={step.isMarked ? look.ink : look.ink2}
              >
                {step.text}
              </text>
            ),
        )}
        {across !== undefined && (
          <text x={(plot.left + plot.right) / 2} y={plot.bottom + look.lineHeight * 2.1}>
            {across}
          </text>
        )}
      </g>
      <KeyLine
        frame={frame}
        y={look.small + 1}
        keys={[
          { text: mean, shape: 'dashed', color: look.ink2 },
          { text: words.interval, shape: 'interval' },
        ]}
      />
    </ChartSvg>
  );
}
