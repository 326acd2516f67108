import type { Fraction, TargetState } from '@diemnong/contracts';
import type { ReactElement } from 'react';
import type { ChartFrame, ChartTheme } from './chart-types.ts';
import { chartWords } from './chart-words.ts';
import { formatShare } from './formats.ts';
import { paletteOf } from './palette.ts';
import { lookOf, round } from './plot.ts';
import { textWidth } from './text-width.ts';

/** Address of a state's fill, named by the theme alone as the hatch is. */
function gaugeFill(theme: ChartTheme, state: TargetState): string {
  return `url(#chart-gauge-${state}-${theme})`;
}

/** What fills a gauge: whole when the target is met, slanted stripes at risk, crossed stripes when missed; never a colour alone. */
export function GaugePatterns({ theme }: { theme: ChartTheme }): ReactElement {
  const { bar, second, hot, surface } = paletteOf(theme);
  return (
    <defs>
      <pattern id={`chart-gauge-met-${theme}`} width={8} height={8} patternUnits="userSpaceOnUse">
        <rect width={8} height={8} fill={bar} />
      </pattern>
      <pattern
        id={`chart-gauge-at-risk-${theme}`}
        width={9}
        height={9}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width={9} height={9} fill={second} />
        <line x1={1} y1={0} x2={1} y2={9} stroke={surface} strokeWidth={1.5} />
      </pattern>
      <pattern
        id={`chart-gauge-missed-${theme}`}
        width={9}
        height={9}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width={9} height={9} fill={hot} />
        <path d="M1 0V9M0 1H9" stroke={surface} strokeWidth={1.5} fill="none" />
      </pattern>
    </defs>
  );
}

type GaugeArcProps = {
  fraction: Fraction;
  frame: ChartFrame;
  /** The rectangle that the gauge and its labels stay in, in pixels. */
  box: { left: number; top: number; width: number; height: number };
};

/**
 * A semicircle from 0% to 100%: filled up to the rate, a tick at the target, the 95% interval as a thin arc inside, the rate in
 * the middle. Without a denominator the track is an empty outline and the words say so.
 */
export function GaugeArc({ fraction, frame, box }: GaugeArcProps): ReactElement {
  const look = lookOf(frame);
  const { language, theme } = frame;
  const { rate, low, high, target, state } = fraction;
  const labelSize = look.title * 0.9;
  const targetText = formatShare(target, language);
  // The same for every target, so that gauges beside each other are of one size.
  const side = textWidth(targetText, labelSize) + 10;
  const topRoom = labelSize * 1.5 + 8;
  const bottomRoom = look.lineHeight * 1.25;
  const outer = Math.max(20, Math.min(box.width / 2 - side, box.height - topRoom - bottomRoom));
  const thickness = outer * 0.18;
  const track = outer - thickness / 2;
  const inner = outer - thickness - outer * 0.075;
  const x = box.left + box.width / 2;
  const y = box.top + topRoom + (box.height - topRoom - bottomRoom - outer) / 2 + outer;
  const at = (share: number, radius: number) => {
    const angle = Math.PI * (1 - Math.min(Math.max(share, 0), 1));
    return { x: round(x + radius * Math.cos(angle)), y: round(y - radius * Math.sin(angle)) };
  };
  const arc = (from: number, to: number, radius: number) => {
    const [a, b] = [at(from, radius), at(to, radius)];
    return `M${a.x} ${a.y}A${round(radius)} ${round(radius)} 0 0 1 ${b.x} ${b.y}`;
  };
  /** A piece of the ring as a closed shape: patterns fill shapes, and lie badly on strokes. */
  const ring = (from: number, to: number) => {
    const [a, b] = [at(to, outer - thickness), at(from, outer - thickness)];
    const edge = round(outer - thickness);
    return `${arc(from, to, outer)}L${a.x} ${a.y}A${edge} ${edge} 0 0 0 ${b.x} ${b.y}Z`;
  };
  const tick = { from: at(target, outer - thickness - outer * 0.13), to: at(target, outer + outer * 0.06) };
  const label = at(target, outer + outer * 0.06 + 7);
  const lean = Math.cos(Math.PI * (1 - target));
  const anchor = lean > 0.4 ? 'start' : lean < -0.4 ? 'end' : 'middle';
  const isKnown = rate !== null;
  const { noData } = chartWords(language).targets;
  return (
    <g data-gauge={state}>
      {isKnown ? (
        <path d={arc(0, 1, track)} fill="none" stroke={look.grid} strokeWidth={round(thickness)} />
      ) : (
        <path d={ring(0, 1)} fill="none" stroke={look.axis} strokeWidth={1.5} strokeDasharray="6 5" />
      )}
      {isKnown && rate > 0 && (
        <path
          data-rate={rate}
          d={ring(0, rate)}
          fill={gaugeFill(theme, state)}
          stroke={state === 'met' ? look.bar : state === 'missed' ? look.hot : look.second}
          strokeWidth={1}
        />
      )}
      {low !== null && high !== null && (
        <path
          data-interval={`${low} ${high}`}
          d={arc(low, high, inner)}
          fill="none"
          stroke={look.strong}
          strokeWidth={round(Math.max(2, outer * 0.03))}
          strokeLinecap="round"
        />
      )}
      <line
        x1={tick.from.x}
        y1={tick.from.y}
        x2={tick.to.x}
        y2={tick.to.y}
        stroke={look.surface}
        strokeWidth={round(Math.max(5, outer * 0.045))}
      />
      <line
        data-target={target}
        x1={tick.from.x}
        y1={tick.from.y}
        x2={tick.to.x}
        y2={tick.to.y}
        stroke={look.ink}
        strokeWidth={round(Math.max(2.5, outer * 0.02))}
      />
      <text
        x={label.x}
        y={round(label.y + (anchor === 'middle' ? 0 : labelSize * 0.3))}
        textAnchor={anchor}
        fontSize={round(labelSize)}
        fontWeight={700}
      >
        {targetText}
      </text>
      {isKnown ? (
        <text
          x={round(x)}
          y={round(y - outer * 0.06)}
          textAnchor="middle"
          fontSize={round(outer * 0.36)}
          fontWeight={700}
        >
          {formatShare(rate, language)}
        </text>
      ) : (
        <text
          x={round(x)}
          y={round(y - outer * 0.14)}
          textAnchor="middle"
          fontSize={round(Math.min(outer * 0.18, (inner * 1.6) / textWidth(noData, 1)))}
          fontWeight={600}
          fill={look.ink2}
        >
          {noData}
        </text>
      )}
      {isKnown && (
        <g fill={look.ink2} textAnchor="middle">
          {[0, 1].map((share) => (
            <text key={share} x={at(share, track).x} y={round(y + look.lineHeight)}>
              {formatShare(share, language)}
            </text>
          ))}
        </g>
      )}
    </g>
  );
}
