import type { CommuneRankingResponse } from '@diemnong/contracts';
import { scaleLinear } from '@visx/scale';
import { line } from '@visx/shape';
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
import { placeLabels } from './place-labels.ts';
import { entryOf, lookOf, plotIn, round, valueScale } from './plot.ts';
import { axisWidth, ValueAxis } from './ValueAxis.tsx';

type Limit = CommuneRankingResponse['limits'][number];

/**
 * Rates against how much there is to count on, inside dotted 95 and 99.8% limits. Outside stands a triangle (up = above,
 * down = below; filled beyond 99.8%) with its name; inside a quiet dot. Pick: commune code.
 */
export function FunnelChart({ answer, frame }: { answer: CommuneRankingResponse; frame: ChartFrame }): ReactElement {
  const { language } = frame;
  const words = chartWords(language);
  const { communes, limits, overall } = answer;
  if (communes.length === 0 || overall === null || answer.n === 0)
    return <EmptyChart frame={frame} text={words.empty} />;
  const look = lookOf(frame);
  const units = communeUnits(answer, language);
  // The limits shoot up where there is next to nothing to count on: they may leave the frame, the communes may not.
  const widest = Math.max(...communes.map(({ exposure }) => exposure));
  const least = Math.min(...communes.map(({ exposure }) => exposure));
  const limitThere = limits.find(({ exposure }) => exposure >= least)?.high95 ?? 0;
  const top = Math.max(greatest(communes.map(({ rate }) => rate)), Math.min(limitThere, overall * 4)) * 1.05;
  const plot = plotIn(frame, {
    left: axisWidth(frame, top),
    right: 16,
    top: look.lineHeight * 2.6,
    bottom: look.lineHeight * 2.7,
  });
  const y = valueScale(plot, top);
  const across = scaleLinear<number>({ domain: [0, widest], range: [plot.left, plot.right] }).nice(6);
  const x = (exposure: number) => round(across(exposure));
  const drawn = limits.filter(({ exposure }) => exposure > 0 && exposure <= (across.domain()[1] ?? widest));
  const limit = (read: (at: Limit) => number) =>
    line<Limit>({
      x: ({ exposure }) => x(exposure),
      y: (at) => y.at(read(at)),
      defined: (at) => read(at) <= y.top && read(at) >= 0,
    })(drawn) ?? '';
  const dots = communes.map((commune) => ({
    ...commune,
    x: x(commune.exposure),
    y: y.at(commune.rate),
    isNamed: commune.outside !== null || commune.code === frame.pickedId,
  }));
  const labels = placeLabels(
    dots
      .filter(({ isNamed }) => isNamed)
      .sort((a, b) => Math.abs(b.z) - Math.abs(a.z))
      .map(({ code, name, x, y }) => ({ id: code, text: name, x, y })),
    dots,
    { ...plot, right: frame.width - 2 },
    look.small,
  );
  const high = communes.filter(({ outside }) => outside?.startsWith('high') === true);
  const low = communes.filter(({ outside }) => outside?.startsWith('low') === true);
  const entry = entryOf(
    frame,
    communes.map(({ code }) => code),
  );
  return (
    <ChartSvg
      frame={frame}
      label={fill(words.communes.funnelLabel, {
        count: communes.length,
        overall: formatRate(overall, language),
        unit: units.rate,
        high: high.length,
        low: low.length,
        names:
          high.length === 0
            ? ''
            : ` (${high
                .slice(0, 3)
                .map(({ name }) => name)
                .join(', ')})`,
      })}
    >
      <ValueAxis frame={frame} plot={plot} scale={y} unit={units.rate} />
      <g fill={look.ink2} textAnchor="middle">
        {across.ticks(6).map((tick) => (
          <text key={tick} x={x(tick)} y={plot.bottom + look.lineHeight}>
            {formatNumber(tick, language, 1)}
          </text>
        ))}
        <text x={(plot.left + plot.right) / 2} y={plot.bottom + look.lineHeight * 2.2}>
          {units.exposure}
        </text>
      </g>
      <g fill="none" stroke={look.strong} strokeLinecap="round">
        <path d={limit(({ low998 }) => low998)} strokeDasharray="1.5 5" strokeWidth={1.5} data-line="low998" />
        <path d={limit(({ high998 }) => high998)} strokeDasharray="1.5 5" strokeWidth={1.5} data-line="high998" />
        <path d={limit(({ low95 }) => low95)} strokeDasharray="5 4" strokeWidth={1.25} data-line="low95" />
        <path d={limit(({ high95 }) => high95)} strokeDasharray="5 4" strokeWidth={1.25} data-line="high95" />
        <line x1={plot.left} x2={plot.right} y1={y.at(overall)} y2={y.at(overall)} strokeWidth={1.25} />
      </g>
      {dots.map((dot, i) => (
        <Mark key={dot.code} frame={frame} id={dot.code} entry={entry} column={i} title={sayCommune(dot, language)}>
          <circle cx={dot.x} cy={dot.y} r={10} fill={look.surface} fillOpacity={0} />
          {dot.code === frame.pickedId && (
            <circle cx={dot.x} cy={dot.y} r={9} fill="none" stroke={look.ink} strokeWidth={2} />
          )}
          {dot.outside === null ? (
            <circle data-dot={dot.code} cx={dot.x} cy={dot.y} r={4} fill={look.bar} fillOpacity={0.75} />
          ) : (
            <path
              data-dot={dot.code}
              d={
                dot.outside.startsWith('high')
                  ? `M${dot.x} ${round(dot.y - 7)}l6.5 11h-13z`
                  : `M${dot.x} ${round(dot.y + 7)}l6.5 -11h-13z`
              }
              fill={
                dot.outside.endsWith('99.8') ? (dot.outside.startsWith('high') ? look.hot : look.strong) : look.surface
              }
              stroke={dot.outside.startsWith('high') ? look.hot : look.strong}
              strokeWidth={2}
            />
          )}
        </Mark>
      ))}
      <g pointerEvents="none" stroke={look.surface} strokeWidth={4} paintOrder="stroke">
        {labels.map(({ id, text, x, y, anchor }) => (
          <text key={id} x={x} y={y} textAnchor={anchor}>
            {text}
          </text>
        ))}
      </g>
      <KeyLine
        frame={frame}
        y={look.small + 1 + look.lineHeight}
        keys={[
          {
            text: fill(words.communes.overall, { value: formatRate(overall, language) }),
            shape: 'thin',
            color: look.strong,
          },
          { text: words.communes.limit95, shape: 'dashed', color: look.strong },
          { text: words.communes.limit998, shape: 'dotted', color: look.strong },
        ]}
      />
    </ChartSvg>
  );
}
