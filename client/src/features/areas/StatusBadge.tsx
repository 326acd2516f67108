import type { AreaStatus } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { areaStatusStyles } from './area-status-style.ts';
import styles from './badges.module.css';
import { Glyph } from './Glyph.tsx';

type StatusBadgeProps = {
  status: AreaStatus;
  /** One or two words, for tables. */
  isShort?: boolean;
};

/** The status of an area in words, with its glyph and its outline. */
export function StatusBadge({ status, isShort = false }: StatusBadgeProps) {
  const { t } = useTranslation('areas');
  const { outline, tone, glyph } = areaStatusStyles[status];
  return (
    <span className={styles.badge} data-outline={outline} data-tone={tone} data-status={status}>
      <Glyph path={glyph} />
      {t(`${isShort ? 'statusShort' : 'status'}.${status}`)}
    </span>
  );
}
