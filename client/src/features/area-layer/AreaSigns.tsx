import type { AreaStatus, AreaType } from '@diemnong/contracts';
import { useId } from 'react';
import { areaStatusStyles, areaTypeStyles } from '../areas/area-status-style.ts';
import { areaColor } from './area-colors.ts';
import styles from './area-layer.module.css';
import { pointStyle } from './thinned-areas.ts';

type StatusSignProps = { status: AreaStatus; isDark: boolean };

const dashArrays = { dotted: '1.5 3.5', dashed: '6 4', solid: undefined, double: undefined };

/** A status as the map draws it: its outline with its sign on it. */
export function StatusSign({ status, isDark }: StatusSignProps) {
  const { outline, glyph } = areaStatusStyles[status];
  const color = areaColor(status, isDark);
  return (
    <svg className={styles.sign} viewBox="0 0 44 24" aria-hidden>
      <path
        d="M1 12h42"
        stroke={color}
        strokeWidth={outline === 'double' ? 6 : 2.5}
        strokeDasharray={dashArrays[outline]}
      />
      {outline === 'double' && <path d="M1 12h42" className={styles.parting} strokeWidth="2" />}
      <circle cx="22" cy="12" r="10" className={styles.face} stroke={color} strokeWidth="1.75" />
      <path d={glyph} stroke={color} strokeWidth="2.5" transform="translate(15 5) scale(.583)" />
    </svg>
  );
}

/** A status as the map draws it where an area is too small for its outline. */
export function PointSign({ status, isDark }: StatusSignProps) {
  const { radius, isFull } = pointStyle(status);
  const color = areaColor(status, isDark);
  return (
    <svg className={styles.point} viewBox="0 0 12 12" aria-hidden>
      <circle cx="6" cy="6" r={radius} className={styles.face} stroke={color} strokeWidth="1.75" />
      {isFull && <circle cx="6" cy="6" r={radius} fill={color} />}
    </svg>
  );
}

type TypeSignProps = { type: AreaType };

/** A type as the map hatches it. */
export function TypeSign({ type }: TypeSignProps) {
  const clip = useId();
  const { hatch } = areaTypeStyles[type];
  return (
    <svg className={styles.hatch} viewBox="0 0 32 18" aria-hidden>
      <clipPath id={clip}>
        <rect x="1" y="1" width="30" height="16" />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        {hatch === 'dots'
          ? dots.map(([x, y]) => <circle key={`${x},${y}`} cx={x} cy={y} r="1.4" className={styles.dot} />)
          : hatchPaths[hatch].map((path) => <path key={path} d={path} />)}
      </g>
      <rect x="1" y="1" width="30" height="16" />
    </svg>
  );
}

const rising = 'M-8 18 10 0M0 18 18 0M8 18 26 0M16 18 34 0M24 18 42 0';
const hatchPaths = {
  diagonal: [rising],
  horizontal: ['M0 5h32M0 9h32M0 13h32'],
  cross: [rising, 'M-10 0 8 18M-2 0 16 18M6 0 24 18M14 0 32 18M22 0 40 18'],
};
const dots = [4, 9, 14].flatMap((y, row) => [0, 1, 2, 3].map((i) => [4 + i * 8 + (row % 2) * 4, y] as const));
