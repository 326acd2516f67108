import type { TargetsResponse } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { CohortTable } from './CohortTable.tsx';
import { PartTable } from './PartTable.tsx';
import styles from './targets.module.css';

type PartsSectionProps = { answer: TargetsResponse };

/** The same rates by type of area, kind of commune and year, and the successes of each year. */
export function PartsSection({ answer }: PartsSectionProps) {
  const { t } = useTranslation('targets');
  const { t: tAreas } = useTranslation('areas');
  return (
    <div className={`${styles.card} ${styles.parts} ${styles.onScreen}`} data-testid="target-parts">
      <PartTable
        title={t('parts.byType')}
        heading={t('parts.key')}
        rows={answer.byType.map((part) => ({ ...part, label: tAreas(`type.${part.key}`) }))}
        note={t('parts.byTypeNote')}
      />
      <PartTable
        title={t('parts.byKind')}
        heading={t('parts.kind')}
        rows={answer.byCommuneKind.map((part) => ({
          ...part,
          label: part.key === '' ? t('parts.unknownKind') : capitalised(part.key),
        }))}
      />
      <PartTable
        title={t('parts.byYear')}
        heading={t('parts.yearColumn')}
        rows={answer.byYear
          .toSorted((a, b) => b.year - a.year)
          .map((part) => ({ ...part, key: String(part.year), label: String(part.year) }))}
      />
      <CohortTable answer={answer} />
    </div>
  );
}

/** Kinds of communes come as the boundary set writes them: "phường". */
function capitalised(word: string): string {
  return word.charAt(0).toLocaleUpperCase('vi') + word.slice(1);
}
