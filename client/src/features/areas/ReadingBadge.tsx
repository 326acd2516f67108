import type { Reading } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import styles from './badges.module.css';
import { Glyph } from './Glyph.tsx';

type ReadingBadgeProps = { reading: Reading };

const signs: Record<Reading, { tone: 'ok' | 'warn' | 'plain' | 'danger'; glyph: string }> = {
  strong: { tone: 'ok', glyph: 'M5 20v-4M12 20v-9M19 20V4' },
  weak: { tone: 'warn', glyph: 'M5 20v-4M12 20v-9' },
  insufficient: { tone: 'plain', glyph: 'M5 20v-.01M12 20v-.01M19 20v-.01' },
  against: { tone: 'danger', glyph: 'M12 5v14M6 11l6-6 6 6' },
};

/** How the records read, in words: never a status, always beside one. */
export function ReadingBadge({ reading }: ReadingBadgeProps) {
  const { t } = useTranslation('areas');
  const { tone, glyph } = signs[reading];
  return (
    <span className={styles.badge} data-outline="none" data-tone={tone} data-reading={reading}>
      <Glyph path={glyph} />
      {t(`reading.${reading}`)}
    </span>
  );
}
