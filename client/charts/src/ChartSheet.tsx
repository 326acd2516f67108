import type { PropsWithChildren, ReactElement } from 'react';
import { CHART_FONT } from './ChartSvg.tsx';
import type { ChartFrame } from './chart-types.ts';
import { chartWords } from './chart-words.ts';
import { lookOf } from './plot.ts';
import { textWidth, wrapText } from './text-width.ts';

type ChartSheetProps = PropsWithChildren<{
  title: string;
  /** Period, filters, data version and n first; then what must be said beside the numbers. */
  notes: readonly string[];
  frame: ChartFrame;
  isSimulated?: boolean;
  /** Rules that bring the letters along (`@font-face` with data: addresses), for a picture that is opened elsewhere. */
  fontFaces?: string | undefined;
}>;

const pad = 20;

/**
 * A chart as it is taken along: title and facts above, the guardrail below, "dữ liệu mô phỏng" on it where the data are.
 * Grows around the frame: `width + 40` wide, as high as its words need.
 */
export function ChartSheet({
  title,
  notes,
  frame,
  isSimulated = false,
  fontFaces,
  children,
}: ChartSheetProps): ReactElement {
  const look = lookOf(frame);
  const words = chartWords(frame.language).sheet;
  const badgeWidth = isSimulated ? Math.ceil(textWidth(words.simulated, look.small)) + 24 : 0;
  const titleLines = wrapText(title, look.title * 1.06, frame.width - badgeWidth);
  const [facts = '', ...others] = notes;
  const factLines = facts === '' ? [] : wrapText(facts, look.small, frame.width);
  const noteLines = [...others, words.guardrail].flatMap((note) => wrapText(note, look.small, frame.width));
  const titleStep = Math.round(look.title * 1.45);
  const chartTop = pad + titleLines.length * titleStep + factLines.length * look.lineHeight + 12;
  const notesTop = chartTop + frame.height + 10;
  const width = frame.width + 2 * pad;
  const height = notesTop + noteLines.length * look.lineHeight + pad;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      fontFamily={CHART_FONT}
      fontSize={look.small}
      fontVariant="tabular-nums"
      fill={look.ink}
    >
      <title>{title}</title>
      {fontFaces !== undefined && <style>{fontFaces}</style>}
      <rect width={width} height={height} fill={look.surface} />
      {titleLines.map((line, i) => (
        <text key={line} x={pad} y={pad + look.title + i * titleStep} fontSize={look.title} fontWeight={700}>
          {line}
        </text>
      ))}
      {isSimulated && (
        <g>
          <rect
            x={width - pad - badgeWidth}
            y={pad}
            width={badgeWidth}
            height={look.lineHeight + 4}
            rx={3}
            fill="none"
            stroke={look.second}
            strokeWidth={1.5}
          />
          <text x={width - pad - badgeWidth / 2} y={pad + look.lineHeight - 2} textAnchor="middle" fontWeight={700}>
            {words.simulated}
          </text>
        </g>
      )}
      <g fill={look.ink2}>
        {factLines.map((line, i) => (
          <text key={line} x={pad} y={pad + titleLines.length * titleStep + look.small + i * look.lineHeight}>
            {line}
          </text>
        ))}
        {noteLines.map((line, i) => (
          <text key={`${i} ${line}`} x={pad} y={notesTop + look.small + i * look.lineHeight}>
            {line}
          </text>
        ))}
      </g>
      <g transform={`translate(${pad} ${chartTop})`}>{children}</g>
    </svg>
  );
}
