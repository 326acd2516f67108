import type { CommuneRankingResponse } from '@diemnong/contracts';
import { scaleLinear } from '@visx/scale';
import type { ReactElement } from 'react';
import { ChartSvg } from './ChartSvg.tsx';
import type { ChartFrame } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { communeUnits, sayCommune } from './commune-words.ts';
import { EmptyChart } from './EmptyChart.tsx';
import { formatNumber, formatRate } from './formats.ts';
import { greatest } from './greatest.ts';
import { KeyLine } from './KeyLine.tsx';
import { Mark } from './Mark.tsx';
import { entryOf, lookOf, plotIn, round } from './plot.ts';
import { fitText, textWidth } from './text-width.ts';

/**
 * Communes by shrunken rate, each with its 95% interval; the raw rate as a ring. All when the frame is tall enough, else
 * as many as fit from the top, the picked one always among them. Pick: commune code.
 */
export function RankingChart({ answer, frame }: { answer: CommuneRankingResponse; frame: ChartFrame }): ReactElement {
  const { language } = frame;
  const words = chartWords(language);
  const { communes, overall } = answer;
  const [first] = communes;
  if (first === undefined || overall === null || answer.n === 0) return <EmptyChart frame={frame} text={words.empty} />;
  const look = lookOf(frame);
  const units = communeUnits(answer, language);
  const margin = { top: look.lineHeight * 3.5, bottom: look.lineHeight * 1.8 };
  const leastRow = look.small * 1.35;
  const room = Math.max(Math.floor((frame.height - margin.top - margin.bottom) / leastRow), 3);
  const rows = rowsFor(communes, room, frame.pickedId);
  const nameWidth = Math.min(Math.max(...rows.map(({ name }) => textWidth(name, look.small))) + 44, frame.width * 0.4);
  const plot = plotIn(frame, { left: Math.ceil(nameWidth), right: 16, ...margin });
  const most = Math.max(
    greatest(rows.map(({ shrunkHigh }) => shrunkHigh)),
    greatest(rows.map(({ rate }) => rate)),
    overall,
  );
  const scale = scaleLinear<number>({ domain: [0, most], range: [plot.left, plot.right] }).nice(6);
  const x = (value: number) => round(scale(value));
  const rowHeight = plot.height / rows.length;
  const ids = rows.map(({ code }) => code);
  const entry = entryOf(frame, ids);
  const hidden = communes.length - rows.length;
  return (
    <ChartSvg
      frame={frame}
      label={fill(words.communes.rankingLabel, {
        count: communes.length,
        top: first.name,
        rate: formatRate(first.shrunk, language),
        unit: units.rate,
        overall: formatRate(overall, language),
      })}
    >
      <text x={2} y={look.small + 1} fill={look.ink2}>
        {units.rate}
      </text>
      {scale.ticks(6).map((tick) => (
        <g key={tick}>
          <line x1={x(tick)} x2={x(tick)} y1={plot.top} y2={plot.bottom} stroke={tick === 0 ? look.axis : look.grid} />
          <text x={x(tick)} y={plot.bottom + look.lineHeight} textAnchor="middle" fill={look.ink2}>
            {formatNumber(tick, language, 2)}
          </text>
        </g>
      ))}
      <line
        x1={x(overall)}
        x2={x(overall)}
        y1={plot.top - 4}
        y2={plot.bottom}
        stroke={look.second}
        strokeDasharray="6 4"
        strokeWidth={1.75}
      />
      <text x={x(overall)} y={plot.top - 8} textAnchor="middle">
        {fill(words.communes.overall, { value: formatRate(overall, language) })}
      </text>
      {rows.map((row, i) => {
        const y = round(plot.top + (i + 0.5) * rowHeight);
        const isPicked = row.code === frame.pickedId;
        const isAfterGap = i > 0 && row.rank > (rows[i - 1]?.rank ?? 0) + 1;
        return (
          <Mark
            key={row.code}
            frame={frame}
            id={row.code}
            entry={entry}
            row={i}
            title={`${row.rank}. ${sayCommune(row, language)}`}
          >
            <rect
              x={0}
              y={round(y - rowHeight / 2)}
              width={frame.width}
              height={round(rowHeight)}
              fill={isPicked ? look.ground : look.surface}
              fillOpacity={isPicked ? 1 : 0}
            />
            {isAfterGap && (
              <line
                x1={0}
                x2={plot.right}
                y1={round(y - rowHeight / 2)}
                y2={round(y - rowHeight / 2)}
                stroke={look.axis}
                strokeDasharray="2 4"
              />
            )}
            <text x={26} y={round(y + look.small * 0.35)} textAnchor="end" fill={look.ink2}>
              {row.rank}
            </text>
            <text x={34} y={round(y + look.small * 0.35)} fontWeight={isPicked ? 700 : 400}>
              {fitText(row.name, look.small, nameWidth - 42)}
            </text>
            <line
              data-interval={row.code}
              x1={x(row.shrunkLow)}
              x2={x(row.shrunkHigh)}
              y1={y}
              y2={y}
              stroke={look.bar}
              strokeOpacity={0.45}
              strokeWidth={Math.min(6, rowHeight * 0.5)}
            />
            <circle cx={x(row.rate)} cy={y} r={3.5} fill="none" stroke={look.axis} strokeWidth={1.25} />
            <circle
              data-dot={row.code}
              cx={x(row.shrunk)}
              cy={y}
              r={4.5}
              fill={row.outside?.startsWith('high') === true ? look.hot : look.strong}
            />
          </Mark>
        );
      })}
      {hidden > 0 && (
        <text x={2} y={plot.bottom + look.lineHeight} fill={look.ink2}>
          {fill(words.communes.left, { count: hidden })}
        </text>
      )}
      <KeyLine
        frame={frame}
        y={look.small + 1 + look.lineHeight}
        keys={[
          { text: words.communes.shrunk, shape: 'dot', color: look.strong },
          { text: words.communes.raw, shape: 'ring', color: look.axis },
        ]}
      />
    </ChartSvg>
  );
}

type Row = CommuneRankingResponse['communes'][number] & { rank: number };

/** The first ones that fit, with the picked one in the last place when it stands further down. */
function rowsFor(communes: CommuneRankingResponse['communes'], room: number, pickedId: string | undefined): Row[] {
  const ranked = communes.map((commune, i) => ({ ...commune, rank: i + 1 }));
  if (ranked.length <= room) return ranked;
  const shown = ranked.slice(0, room);
  const picked = ranked.find(({ code }) => code === pickedId);
  return picked === undefined || shown.includes(picked) ? shown : [...shown.slice(0, -1), picked];
}
