import type { AreaAnswer, AreaEvidence } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { StatusBadge } from '../areas/StatusBadge.tsx';
import { useAreaWords } from '../areas/use-area-words.ts';
import { useMeta } from '../meta/use-meta.ts';
import { ruleName } from '../trends/trend-words.ts';
import styles from './area-sheet.module.css';
import { SheetEvidence } from './SheetEvidence.tsx';
import { SheetMeasures } from './SheetMeasures.tsx';
import { SheetSteps } from './SheetSteps.tsx';

type AreaSheetProps = {
  answer: AreaAnswer;
  evidence: AreaEvidence | undefined;
  /** The records could not be read. */
  hasFailed: boolean;
};

/** Place, steps in force, official result beside the reading, measures; on every sheet its day, version and what it is not for. */
export function AreaSheet({ answer: { area, asOf, dataVersion }, evidence, hasFailed }: AreaSheetProps) {
  const { t } = useTranslation(['area-page', 'areas']);
  const { code, language, number } = useAreaWords();
  const { data: meta } = useMeta();
  const province = meta?.provinces.map(({ nameVi, nameEn }) => (language === 'vi' ? nameVi : nameEn)).join(', ');
  return (
    <article className={styles.sheet} data-testid="sheet">
      <header className={styles.head}>
        <p>
          {province} · {t('print.title')} {code(area)}
        </p>
        {meta?.demo && <p className={styles.simulated}>{t('print.simulated')}</p>}
      </header>
      <h1>{area.name}</h1>
      <p className={styles.status}>
        <StatusBadge status={area.status} /> {area.since !== null && t('sinceDay', { day: formatDay(area.since) })}{' '}
        {area.watchUntil !== null && t('watchUntil', { day: formatDay(area.watchUntil) })}
      </p>
      <dl>
        <dt>{t('place')}</dt>
        <dd>
          {area.commune.name}
          {area.areaKm2 === null
            ? ` · ${t('notDrawn')}`
            : ` · ${t('size', { km2: number(area.areaKm2, 2), cells: number(area.cells.length) })}`}
        </dd>
        <dt>{t('types')}</dt>
        <dd>{area.types.map((type) => t(`areas:type.${type}`)).join('; ')}</dd>
        <dt>{t('level')}</dt>
        <dd>{t(`areas:level.${area.level}`)}</dd>
        <dt>{t('years')}</dt>
        <dd>{area.listedYears.length > 0 ? area.listedYears.join(', ') : t('noYear')}</dd>
      </dl>
      {area.description !== '' && <p className={styles.description}>{area.description}</p>}
      <SheetSteps area={area} />
      {evidence && <SheetEvidence area={area} evidence={evidence} />}
      {hasFailed && <p>{t('evidence.failed')}</p>}
      <SheetMeasures area={area} />
      <footer className={styles.foot}>
        <p>{t('print.guardrail')}</p>
        <p>
          {t('print.foot', { day: formatDay(asOf), version: number(dataVersion), revision: number(area.revision) })}
          {evidence && ` ${t('print.rule', { rule: ruleName(evidence.rule) })}`}
        </p>
      </footer>
    </article>
  );
}
