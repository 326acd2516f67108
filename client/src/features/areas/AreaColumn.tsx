import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { AreaCard } from './AreaCard.tsx';
import type { BoardColumn } from './area-filter.ts';
import { areaStatusStyles } from './area-status-style.ts';
import styles from './board.module.css';
import { Glyph } from './Glyph.tsx';
import { useAreaWords } from './use-area-words.ts';

type AreaColumnProps = { column: BoardColumn };

/** Cards drawn at first, and more at each press. */
const step = 30;

/** The areas of one status. The list tab has them all in a table. */
export function AreaColumn({ column: { status, count, areas } }: AreaColumnProps) {
  const { t } = useTranslation('areas');
  const { number } = useAreaWords();
  const [shown, setShown] = useState(step);
  const { glyph, tone } = areaStatusStyles[status];
  const isEmpty = count === 0;
  const left = areas.length - Math.min(shown, areas.length);
  return (
    <section
      className={styles.column}
      data-empty={isEmpty || undefined}
      data-tone={tone}
      aria-label={t('column', { status: t(`status.${status}`), n: number(count) })}
      data-testid={`column-${status}`}
    >
      <header className={styles.columnHead}>
        <Glyph path={glyph} />
        <h2>{t(`${isEmpty ? 'statusShort' : 'status'}.${status}`)}</h2>
        <span className={styles.count} data-testid={`count-${status}`}>
          {number(count)}
        </span>
      </header>
      {!isEmpty && (
        <ul className={styles.cards}>
          {areas.slice(0, shown).map((area) => (
            <li key={area.id}>
              <AreaCard area={area} />
            </li>
          ))}
        </ul>
      )}
      {left > 0 && (
        <Button className={styles.more} onClick={() => setShown(shown + step)}>
          {t('more', { n: number(Math.min(step, left)), left: number(left) })}
        </Button>
      )}
    </section>
  );
}
