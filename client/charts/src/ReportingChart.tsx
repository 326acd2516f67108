import type { MonthState, ReportingResponse } from '@diemnong/contracts';
import type { ReactElement } from 'react';
import { ChartSvg } from './ChartSvg.tsx';
import type { ChartFrame, ChartLanguage } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { EmptyChart } from './EmptyChart.tsx';
import { formatMonth, formatNumber } from './formats.ts';
import { Hatch, hatchFill } from './Hatch.tsx';
import { Mark } from './Mark.tsx';
import { thinLabels } from './period-words.ts';
import { bandScale, entryOf, type Look, lookOf, plotIn, round } from './plot.ts';
import { fitText, textWidth } from './text-width.ts';

const stateOrder: readonly MonthState[] = ['reported', 'none', 'missing', 'pending'];

/**
 * Communes × months: filled = reported, ring = confirmed without incident, hatched = not reported, outline = not over yet.
 * Pick: `commune/2026-10`.
 */
export function ReportingChart({ answer, frame }: { answer: ReportingResponse; frame: ChartFrame }): ReactElement {
  const { language } = frame;
  const words = chartWords(language);
  const { months, communes, sums } = answer;
  if (months.length === 0 || communes.length === 0) return <EmptyChart frame={frame} text={words.noData} />;
  const look = lookOf(frame);
  const nameWidth = Math.min(
    Math.max(...communes.map(({ name }) => textWidth(name, look.small))) + 12,
    frame.width * 0.3,
  );
  const plot = plotIn(frame, { left: Math.ceil(nameWidth), right: 4, top: look.lineHeight * 3, bottom: 6 });
  const rowHeight = plot.height / communes.length;
  const bands = bandScale(plot, months.length, 0.08);
  const gap = rowHeight > 8 ? 1.5 : 0.5;
  const texts = months.map(formatMonth);
  const shown = thinLabels(texts, months, bands.step, look.small);
  const nameEvery = Math.max(1, Math.ceil((look.small * 1.2) / rowHeight));
  const widestCount = Math.max(...communes.flatMap(({ counts }) => counts), 0);
  const hasCounts =
    rowHeight >= look.small * 1.3 && bands.width >= textWidth(formatNumber(widestCount, language), look.small) + 4;
  const ids = communes.flatMap(({ code }) => months.map((month) => `${code}/${month.slice(0, 7)}`));
  const entry = entryOf(frame, ids);
  const keyTexts = stateOrder.map((state) => `${words.reporting.key[state]}: ${formatNumber(sums[state], language)}`);
  const keyLeft = (place: number) =>
    keyTexts.slice(0, place).reduce((x, text) => x + 40 + Math.ceil(textWidth(text, look.small)), 2);
  return (
    <ChartSvg
      frame={frame}
      label={fill(words.reporting.label, {
        communes: formatNumber(communes.length, language),
        months: months.length,
        reported: formatNumber(sums.reported, language),
        none: formatNumber(sums.none, language),
        missing: formatNumber(sums.missing, language),
        pending: formatNumber(sums.pending, language),
      })}
    >
      <Hatch theme={frame.theme} />
      {stateOrder.map((state, i) => {
        const x = keyLeft(i);
        return (
          <g key={state}>
            <CellMark state={state} x={x} y={2} width={16} height={look.small} look={look} frame={frame} />
            <text x={x + 22} y={look.small + 0.5}>
              {keyTexts[i]}
            </text>
          </g>
        );
      })}
      <g fill={look.ink2} textAnchor="middle">
        {shown.map((i) => (
          <text key={texts[i]} x={bands.middle(i)} y={plot.top - 6}>
            {texts[i]}
          </text>
        ))}
      </g>
      {communes.map(({ code, name, states, counts }, r) => {
        const y = round(plot.top + r * rowHeight);
        const height = round(Math.max(rowHeight - gap, 1));
        return (
          <g key={code}>
            {r % nameEvery === 0 && (
              <text x={2} y={round(y + rowHeight / 2 + look.small * 0.35)}>
                {fitText(name, look.small, nameWidth - 10)}
              </text>
            )}
            {states.map((state, i) => {
              const month = months[i] ?? '';
              const id = `${code}/${month.slice(0, 7)}`;
              const count = counts[i] ?? 0;
              return (
                <Mark
                  key={id}
                  frame={frame}
                  id={id}
                  entry={entry}
                  row={r}
                  column={i}
                  title={sayMonth({ name, month, state, count }, language)}
                >
                  <CellMark
                    state={state}
                    x={bands.start(i)}
                    y={y}
                    width={bands.width}
                    height={height}
                    look={look}
                    frame={frame}
                  />
                  {id === frame.pickedId && (
                    <rect
                      x={bands.start(i)}
                      y={y}
                      width={bands.width}
                      height={height}
                      fill="none"
                      stroke={look.ink}
                      strokeWidth={2.5}
                    />
                  )}
                  {hasCounts && state === 'reported' && (
                    <text x={bands.middle(i)} y={round(y + rowHeight / 2 + look.small * 0.33)} textAnchor="middle">
                      {formatNumber(count, language)}
                    </text>
                  )}
                </Mark>
              );
            })}
          </g>
        );
      })}
    </ChartSvg>
  );
}

type CellMarkProps = {
  state: MonthState;
  x: number;
  y: number;
  width: number;
  height: number;
  look: Look;
  frame: ChartFrame;
};

/** The four states differ in form, not only in colour. */
function CellMark({ state, x, y, width, height, look, frame }: CellMarkProps): ReactElement {
  const box = { x, y, width, height };
  if (state === 'reported') return <rect data-state={state} {...box} fill={look.bar} fillOpacity={0.38} />;
  if (state === 'missing')
    return <rect data-state={state} {...box} fill={hatchFill(frame.theme)} stroke={look.second} strokeWidth={1} />;
  const radius = round(Math.max(Math.min(width, height) / 2 - 1.5, 1));
  return (
    <g data-state={state}>
      <rect
        {...box}
        fill={look.surface}
        stroke={state === 'pending' ? look.axis : look.grid}
        strokeWidth={0.75}
        strokeDasharray={state === 'pending' ? '2 2' : undefined}
      />
      {state === 'none' && (
        <circle
          cx={round(x + width / 2)}
          cy={round(y + height / 2)}
          r={Math.min(radius, 5)}
          fill="none"
          stroke={look.strong}
          strokeWidth={1.5}
        />
      )}
    </g>
  );
}

function sayMonth(
  { name, month, state, count }: { name: string; month: string; state: MonthState; count: number },
  language: ChartLanguage,
): string {
  const { reporting } = chartWords(language);
  return fill(reporting.mark, {
    name,
    month: formatMonth(month),
    state: fill(reporting.state[state], { count: formatNumber(count, language) }),
  });
}
