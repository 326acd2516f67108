import type { TargetsResponse } from '@diemnong/contracts';
import type { ReactElement } from 'react';
import { ChartSvg } from './ChartSvg.tsx';
import type { ChartFrame } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { EmptyChart } from './EmptyChart.tsx';
import { formatNumber, formatShare } from './formats.ts';
import { HoverArea } from './HoverArea.tsx';
import { KeyLine } from './KeyLine.tsx';
import { Mark } from './Mark.tsx';
import { MarkText } from './MarkText.tsx';
import { lookOf, plotIn, round, valueScale } from './plot.ts';
import { textWidth } from './text-width.ts';
import { axisWidth, ValueAxis } from './ValueAxis.tsx';

type Step = TargetsResponse['noRelapse']['curve'][number];

/** Areas still followed and not relapsed just before `months`: those at risk at the next row, or what the last row left. */
function atRiskAt(curve: readonly Step[], months: number): number {
  const next = curve.find((step) => step.months >= months);
  const last = curve.at(-1);
  return next?.atRisk ?? (last === undefined ? 0 : last.atRisk - last.events - last.censored);
}

/**
 * Kaplan–Meier: share of areas that have not relapsed, by months since their success, with its 95% band, small strokes where
 * areas are followed no longer, the number followed under the axis, and the target as a line across.
 */
export function SurvivalChart({ answer, frame }: { answer: TargetsResponse; frame: ChartFrame }): ReactElement {
  const { language } = frame;
  const words = chartWords(language);
  const { curve, target } = answer.noRelapse;
  const first = curve[0];
  const last = curve.at(-1);
  if (first === undefined || last === undefined) return <EmptyChart frame={frame} text={words.survival.empty} />;
  const look = lookOf(frame);
  const share = (value: number | null, digits = 1) => (value === null ? '–' : formatShare(value, language, digits));
  const number = (value: number, digits = 0) => formatNumber(value, language, digits);
  const riskLabel = words.survival.atRisk;
  const plot = plotIn(frame, {
    left: Math.max(axisWidth(frame, 1, 'share'), Math.ceil(textWidth(riskLabel, look.small)) + 22),
    right: 16,
    top: look.lineHeight * 1.8,
    bottom: look.lineHeight * 3.9,
  });
  const y = valueScale(plot, 1);
  const end = Math.max(12, Math.ceil(last.months / 6) * 6);
  const x = (months: number) => round(plot.left + (months / end) * plot.width);
  const every = [3, 6, 12, 24, 60].find((step) => (plot.width / end) * step >= look.small * 3.4) ?? 120;
  const ticks = Array.from({ length: Math.floor(end / every) + 1 }, (_, i) => i * every);
  const steps = curve.map((step, i) => ({ step, until: curve[i + 1]?.months ?? last.months }));
  const line = `M${x(0)} ${y.at(1)}${curve.map(({ months, survival }) => `H${x(months)}V${y.at(survival)}`).join('')}`;
  const relapsed = curve.reduce((sum, { events }) => sum + events, 0);
  /** The last share is written under its line, unless that would run into the axis. */
  const isUnder = y.at(last.survival) < plot.bottom - look.text * 2.2;
  return (
    <ChartSvg
      frame={frame}
      label={fill(words.survival.label, {
        areas: number(first.atRisk),
        relapsed: number(relapsed),
        months: number(last.months, 1),
        survival: share(last.survival),
        target: share(target),
      })}
    >
      <ValueAxis frame={frame} plot={plot} scale={y} unit="" kind="share" />
      {steps.map(({ step, until }) =>
        step.low === null || step.high === null || until <= step.months ? null : (
          <rect
            key={step.months}
            data-band={`${step.low} ${step.high}`}
            x={x(step.months)}
            y={y.at(step.high)}
            width={round(x(until) - x(step.months))}
            height={round(Math.max(0, y.at(step.low) - y.at(step.high)))}
            fill={look.bar}
            fillOpacity={0.22}
          />
        ),
      )}
      <line
        data-target={target}
        x1={plot.left}
        x2={plot.right}
        y1={y.at(target)}
        y2={y.at(target)}
        stroke={look.second}
        strokeWidth={2}
        strokeDasharray="7 5"
      />
      <path data-line="survival" d={line} fill="none" stroke={look.strong} strokeWidth={2.75} />
      {curve.map((step) => (
        <Mark
          key={step.months}
          frame={frame}
          title={fill(words.survival.mark, {
            months: number(step.months, 1),
            survival: share(step.survival),
            low: share(step.low, 0),
            high: share(step.high, 0),
            atRisk: number(step.atRisk),
            events: number(step.events),
          })}
        >
          <HoverArea frame={frame} plot={plot} x={round(x(step.months) - 5)} width={10} />
          {step.censored > 0 && (
            <line
              data-censored={step.censored}
              x1={x(step.months)}
              x2={x(step.months)}
              y1={round(y.at(step.survival) - 6)}
              y2={round(y.at(step.survival) + 6)}
              stroke={look.strong}
              strokeWidth={1.75}
            />
          )}
          {step.events > 0 && (
            <circle
              data-events={step.events}
              cx={x(step.months)}
              cy={y.at(step.survival)}
              r={3.5}
              fill={look.hot}
              stroke={look.surface}
            />
          )}
        </Mark>
      ))}
      <MarkText
        frame={frame}
        x={x(last.months)}
        y={round(isUnder ? y.at(last.survival) + look.text * 1.7 : y.at(last.survival) - look.text * 0.8)}
        anchor="end"
      >
        {fill(words.survival.now, { survival: share(last.survival), months: number(last.months, 1) })}
      </MarkText>
      <g fill={look.ink2}>
        {ticks.map((months) => (
          <g key={months} textAnchor="middle">
            <line x1={x(months)} x2={x(months)} y1={plot.bottom} y2={plot.bottom + 5} stroke={look.axis} />
            <text x={x(months)} y={round(plot.bottom + look.lineHeight)}>
              {number(months)}
            </text>
            <text x={x(months)} y={round(plot.bottom + look.lineHeight * 3.4)} data-at-risk={atRiskAt(curve, months)}>
              {number(atRiskAt(curve, months))}
            </text>
          </g>
        ))}
        <text x={plot.right} y={round(plot.bottom + look.lineHeight * 2.05)} textAnchor="end">
          {words.survival.axis}
        </text>
        <text x={2} y={round(plot.bottom + look.lineHeight * 3.4)}>
          {riskLabel}
        </text>
      </g>
      <KeyLine
        frame={frame}
        y={look.small + 1}
        keys={[
          { text: words.survival.band, shape: 'interval', color: look.bar },
          { text: fill(words.targets.target, { target: share(target) }), shape: 'dashed', color: look.second },
          ...(curve.some(({ censored }) => censored > 0)
            ? [{ text: `│ ${words.survival.censored}`, shape: 'none' } as const]
            : []),
        ]}
      />
    </ChartSvg>
  );
}
