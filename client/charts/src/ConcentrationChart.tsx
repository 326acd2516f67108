import type { ConcentrationResponse } from '@diemnong/contracts';
import { scaleLinear } from '@visx/scale';
import { line } from '@visx/shape';
import type { ReactElement } from 'react';
import { ChartSvg } from './ChartSvg.tsx';
import type { ChartFrame, ChartLanguage } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { EmptyChart } from './EmptyChart.tsx';
import { formatNumber, formatShare } from './formats.ts';
import { KeyLine } from './KeyLine.tsx';
import { Mark } from './Mark.tsx';
import { lookOf, plotIn, round, valueScale } from './plot.ts';
import { axisWidth, ValueAxis } from './ValueAxis.tsx';

type Point = ConcentrationResponse['curve'][number];

/**
 * Share of records in the fullest x% of cells (thick) against what chance alone would concentrate (dashed). The axis ends
 * where both have all records.
 */
export function ConcentrationChart({
  answer,
  frame,
}: {
  answer: ConcentrationResponse;
  frame: ChartFrame;
}): ReactElement {
  const { language } = frame;
  const words = chartWords(language);
  const { curve } = answer;
  if (answer.n === 0 || curve.length < 2) return <EmptyChart frame={frame} text={words.empty} />;
  const look = lookOf(frame);
  const plot = plotIn(frame, {
    left: axisWidth(frame, 1, 'share'),
    right: 20,
    top: look.lineHeight * 2.2,
    bottom: look.lineHeight * 2.7,
  });
  const full = curve.find(({ records, chance }) => records >= 0.9995 && chance >= 0.9995)?.cells ?? 1;
  const end = [0.1, 0.2, 0.3, 0.4, 0.5, 0.75].find((share) => share >= full) ?? 1;
  const y = valueScale(plot, 1);
  const across = scaleLinear<number>({ domain: [0, end], range: [plot.left, plot.right] });
  const x = (share: number) => round(across(share));
  const shown = curve.filter(({ cells }) => cells <= end + 1e-9);
  const path = (read: (point: Point) => number) =>
    line<Point>({ x: ({ cells }) => x(cells), y: (point) => y.at(read(point)) })(shown) ?? '';
  const marks = answer.top.filter(({ cells }) => cells <= end);
  const top5 = answer.top.find(({ cells }) => Math.abs(cells - 0.05) < 1e-6);
  const tickTexts = across.ticks(6);
  return (
    <ChartSvg frame={frame} label={concentrationLabel(answer, language)}>
      <ValueAxis frame={frame} plot={plot} scale={y} unit={words.concentration.yAxis} kind="share" />
      <g fill={look.ink2} textAnchor="middle">
        {tickTexts.map((tick) => (
          <text key={tick} x={x(tick)} y={plot.bottom + look.lineHeight}>
            {formatShare(tick, language)}
          </text>
        ))}
        <text x={(plot.left + plot.right) / 2} y={plot.bottom + look.lineHeight * 2.2}>
          {words.concentration.xAxis}
        </text>
      </g>
      <path
        d={path(({ chance }) => chance)}
        fill="none"
        stroke={look.second}
        strokeWidth={2}
        strokeDasharray="7 5"
        data-line="chance"
      />
      <path
        d={path(({ records }) => records)}
        fill="none"
        stroke={look.bar}
        strokeWidth={4}
        strokeLinejoin="round"
        data-line="records"
      />
      {marks.map((point) => (
        <Mark
          key={point.cells}
          frame={frame}
          title={fill(words.concentration.mark, {
            cells: formatShare(point.cells, language),
            share: formatShare(point.records, language),
            chance: formatShare(point.chance, language),
          })}
        >
          <line
            x1={x(point.cells)}
            x2={x(point.cells)}
            y1={y.at(point.records)}
            y2={y.at(point.chance)}
            stroke={look.ink2}
          />
          <circle
            data-top={point.cells}
            cx={x(point.cells)}
            cy={y.at(point.records)}
            r={5}
            fill={look.strong}
            stroke={look.surface}
            strokeWidth={1.5}
          />
          <circle
            cx={x(point.cells)}
            cy={y.at(point.chance)}
            r={4}
            fill={look.surface}
            stroke={look.second}
            strokeWidth={2}
          />
        </Mark>
      ))}
      {top5 !== undefined && (
        <g
          pointerEvents="none"
          textAnchor="end"
          stroke={look.surface}
          strokeWidth={4}
          paintOrder="stroke"
          fontSize={look.text}
        >
          <text x={plot.right} y={round(plot.bottom - look.text * 2.1)} fontSize={look.title} fontWeight={700}>
            {fill(words.concentration.top5, { share: formatShare(top5.records, language) })}
          </text>
          <text x={plot.right} y={round(plot.bottom - look.text * 0.6)} fill={look.ink2}>
            {fill(words.concentration.top5Chance, { chance: formatShare(top5.chance, language) })}
          </text>
        </g>
      )}
      <KeyLine
        frame={frame}
        y={look.small + 1}
        keys={[
          { text: words.concentration.found, shape: 'line', color: look.bar },
          { text: words.concentration.chance, shape: 'dashed', color: look.second },
        ]}
      />
    </ChartSvg>
  );
}

function concentrationLabel(answer: ConcentrationResponse, language: ChartLanguage): string {
  const top5 = answer.top.find(({ cells }) => Math.abs(cells - 0.05) < 1e-6);
  const share = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : formatShare(value, language);
  return fill(chartWords(language).concentration.label, {
    share: share(top5?.records),
    chance: share(top5?.chance),
    half: share(answer.half),
    gini: answer.gini === null ? '–' : formatNumber(answer.gini, language, 2),
    n: formatNumber(answer.n, language),
    cells: formatNumber(answer.gridCells, language),
  });
}
