import type { HotspotStory } from '@diemnong/contracts';
import { cellToBoundary, cellToLatLng } from 'h3-js';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { useTheme } from '../../state/theme.ts';
import { sequentialRamp } from '../../ui/ramps.ts';
import styles from './hotspots.module.css';
import { inkOn } from './hotspots-scale.ts';

type RingDrawingProps = { story: HotspotStory };

const size = 200;
/** Times the mean of the grid at which a cell gets the darkest colour. */
const fullColorTimes = 6;

/** The cell in the middle of its ring as they lie on the map, each with its count: the neighbourhood that is scored. */
export function RingDrawing({ story }: RingDrawingProps) {
  const { t } = useTranslation('hotspots');
  const language = useLanguage();
  const isDark = useTheme().theme === 'dark';
  const cells = [...story.neighbours, { cell: story.cell, count: story.count }];
  const [lat0, lng0] = cellToLatLng(story.cell);
  const shrink = Math.cos((lat0 * Math.PI) / 180);
  const shapes = cells.map(({ cell, count }) => ({
    cell,
    count,
    corners: cellToBoundary(cell).map(([lat, lng]) => [(lng - lng0) * shrink, lat0 - lat] as const),
  }));
  // A cell of the edge of the grid has fewer neighbours; the scale stays that of a whole ring.
  const own = shapes.at(-1)?.corners ?? [];
  const reach = Math.max(...own.map(([x, y]) => Math.hypot(x, y))) * 2.75;
  const scale = size / 2 / reach;
  // The darkest colour is for what is far above an ordinary cell, so that a quiet neighbourhood looks quiet.
  const ordinary = story.localSum > 0 ? (story.mean * story.localCount) / story.localSum : 0;
  const top = Math.max(1, fullColorTimes * ordinary, ...cells.map(({ count }) => count));
  const ramp = sequentialRamp(isDark);
  const colorOf = (count: number) => (count === 0 ? undefined : ramp[Math.round((count / top) * (ramp.length - 1))]);

  return (
    <svg
      className={styles.ring}
      viewBox={`${-size / 2} ${-size / 2} ${size} ${size}`}
      role="img"
      aria-label={t('why.ringLabel', {
        own: formatNumber(story.count, language),
        ring: story.neighbours.map(({ count }) => formatNumber(count, language)).join(', '),
      })}
    >
      {shapes.map(({ cell, count, corners }) => {
        const color = colorOf(count);
        const x = (corners.reduce((sum, [cx]) => sum + cx, 0) / corners.length) * scale;
        const y = (corners.reduce((sum, [, cy]) => sum + cy, 0) / corners.length) * scale;
        const isOwn = cell === story.cell;
        return (
          <g key={cell}>
            <polygon
              points={corners.map(([cx, cy]) => `${(cx * scale).toFixed(2)},${(cy * scale).toFixed(2)}`).join(' ')}
              className={isOwn ? styles.ownCell : styles.ringCell}
              fill={color ?? 'transparent'}
            />
            <text
              x={x}
              y={y + 5}
              className={isOwn ? styles.ownCount : styles.ringCount}
              fill={color ? inkOn(color) : 'currentColor'}
            >
              {formatNumber(count, language)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
