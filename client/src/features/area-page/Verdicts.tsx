import type { AreaDetail, AreaEvidence } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { ReadingBadge } from '../areas/ReadingBadge.tsx';
import { StatusBadge } from '../areas/StatusBadge.tsx';
import styles from './area-page.module.css';
import { officialResult } from './event-words.ts';

type VerdictsProps = { area: AreaDetail; evidence: AreaEvidence };

/** The official result and the reading of the records, side by side: two things that are never made one. */
export function Verdicts({ area, evidence }: VerdictsProps) {
  const { t } = useTranslation(['area-page', 'areas']);
  const result = officialResult(area.events);
  return (
    <div className={styles.verdicts}>
      <div className={styles.verdict} data-testid="official">
        <h3>{t('evidence.official')}</h3>
        {result === undefined ? (
          <p className={styles.verdictWord}>{t('evidence.noResult')}</p>
        ) : (
          <>
            <p>
              <StatusBadge status={result.type === 'assessed_success' ? 'assessed_success' : 'assessed_not_yet'} />
            </p>
            <p className={styles.small}>
              {result.decisionNumber === null
                ? t('evidence.resultOn', { day: formatDay(result.on) })
                : t('evidence.resultBy', { day: formatDay(result.on), number: result.decisionNumber })}
            </p>
          </>
        )}
      </div>
      <div className={styles.verdict} data-testid="reading">
        <h3>{t('evidence.reading')}</h3>
        <p>
          <ReadingBadge reading={evidence.reading} />
        </p>
        <p className={styles.small}>
          {evidence.agrees !== null && `${t(evidence.agrees ? 'evidence.agrees' : 'evidence.differs')} `}
          {t('evidence.apart')}
        </p>
      </div>
    </div>
  );
}
