import type { AreaType } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { areaTypeStyles } from './area-status-style.ts';
import styles from './badges.module.css';
import { Glyph } from './Glyph.tsx';

type TypeBadgesProps = {
  types: readonly AreaType[];
  /** Whole names, one under the other's end; else one or two words each. */
  isLong?: boolean;
};

/** The types of an area, each with its sign and its word. */
export function TypeBadges({ types, isLong = false }: TypeBadgesProps) {
  const { t } = useTranslation('areas');
  return (
    <span className={styles.types}>
      {types.map((type) => (
        <span key={type} className={styles.type} title={t(`type.${type}`)}>
          <Glyph path={areaTypeStyles[type].glyph} />
          {t(`${isLong ? 'type' : 'typeShort'}.${type}`)}
        </span>
      ))}
    </span>
  );
}
