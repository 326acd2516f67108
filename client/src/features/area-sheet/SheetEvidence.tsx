import { AreaSeriesChart } from '@diemnong/charts';
import type { AreaDetail, AreaEvidence } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { ComparisonPart } from '../area-page/ComparisonPart.tsx';
import { Verdicts } from '../area-page/Verdicts.tsx';
import { useAreaWords } from '../areas/use-area-words.ts';
import styles from './area-sheet.module.css';

type SheetEvidenceProps = { area: AreaDetail; evidence: AreaEvidence };

/** Of a sheet of A4 within its margins, at 96 pixels an inch. */
const chart = { width: 680, height: 250 };

/** Official result and reading side by side, the sentence, the series: always in the light picture, for paper. */
export function SheetEvidence({ area, evidence }: SheetEvidenceProps) {
  const { t } = useTranslation('area-page');
  const { language } = useAreaWords();
  return (
    <section>
      <h2>{t('evidence.title')}</h2>
      <Verdicts area={area} evidence={evidence} />
      <p className={styles.sentence}>{evidence.sentence[language]}</p>
      {evidence.months.length > 0 && (
        <figure className={styles.chart} aria-label={t('series.title')}>
          <AreaSeriesChart answer={evidence} frame={{ ...chart, language, theme: 'print' }} />
        </figure>
      )}
      <ComparisonPart evidence={evidence} />
      {evidence.warnings.length > 0 && (
        <ul>
          {evidence.warnings.map((warning) => (
            <li key={warning}>{t(`evidence.warning.${warning}`)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
