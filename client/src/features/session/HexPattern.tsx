import { sequentialRamp } from '../../ui/ramps.ts';
import styles from './session.module.css';

const width = 60;
const height = 80;
const radius = 2.6;
/** Two invented hot spots: place and reach. */
const centres = [
  { x: 20, y: 30, reach: 17 },
  { x: 45, y: 49, reach: 11 },
] as const;

/** Invented hexagons, so that the door shows what is behind it before anybody may see it. */
export function HexPattern() {
  return (
    <svg className={styles.hexes} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMidYMid slice" aria-hidden>
      {cells.map(({ key, path, step }) => (
        <path key={key} d={path} data-step={step} fill={step < 0 ? 'none' : sequentialRamp(true)[step]} />
      ))}
    </svg>
  );
}

const cells = makeCells();

function makeCells(): { key: string; path: string; step: number }[] {
  const dx = radius * Math.sqrt(3);
  const dy = radius * 1.5;
  return Array.from({ length: Math.ceil(height / dy) + 1 }, (_, row) =>
    Array.from({ length: Math.ceil(width / dx) + 2 }, (_, column) => {
      const x = (column + (row % 2) / 2) * dx;
      const y = row * dy;
      const strength = Math.max(...centres.map((c) => 1 - Math.hypot(x - c.x, y - c.y) / c.reach));
      const grain = ((row * 7 + column * 13) % 10) / 10;
      const step = strength < 0 ? -1 : Math.min(5, Math.floor(strength * 5.4 + grain * 1.2 - 0.5));
      return { key: `${row}/${column}`, path: hexagon(x, y, radius * 0.94), step };
    }),
  ).flat();
}

function hexagon(x: number, y: number, r: number): string {
  const corners = Array.from({ length: 6 }, (_, i) => {
    const angle = (Math.PI / 3) * i + Math.PI / 6;
    return `${(x + r * Math.cos(angle)).toFixed(2)} ${(y + r * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${corners.join('L')}Z`;
}
