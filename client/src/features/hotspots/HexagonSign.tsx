import type { EmergingGroup } from '@diemnong/contracts';
import styles from './hotspots.module.css';
import { edgeOf, glyphOf, hexagonCorners, isHollow, type Stroke } from './hotspots-glyphs.ts';
import { inkOn, type Side } from './hotspots-scale.ts';

type HexagonSignProps = { color: string; side: Side; group: EmergingGroup | null };

const pointsOf = (stroke: Stroke) => stroke.map(([x, y]) => `${x.toFixed(3)},${(-y).toFixed(3)}`).join(' ');

/** One hexagon as the map draws it, with its glyph, for the legend and beside words. */
export function HexagonSign({ color, side, group }: HexagonSignProps) {
  const { lines, edges } = glyphOf(side, group);
  const ink = isHollow(group) ? color : inkOn(color);
  return (
    <svg viewBox="-1.2 -1.2 2.4 2.4" className={styles.sign} aria-hidden>
      <polygon points={pointsOf(hexagonCorners)} fill={color} fillOpacity={isHollow(group) ? 0.25 : 1} />
      {edges.map((scale) => (
        <polyline key={scale} points={pointsOf(edgeOf(hexagonCorners, scale))} stroke={ink} className={styles.stroke} />
      ))}
      {lines.map((line) => (
        <polyline key={pointsOf(line)} points={pointsOf(line)} stroke={ink} className={styles.stroke} />
      ))}
    </svg>
  );
}
