import type { AreaDetail, AreaEvidence } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import page from '../../ui/page.module.css';
import { useAreaEvidence } from '../areas/use-area.ts';
import { useAreaWords } from '../areas/use-area-words.ts';
import { AnswerState } from '../session/AnswerState.tsx';
import styles from './area-page.module.css';
import { ComparisonPart } from './ComparisonPart.tsx';
import { ControlsPart } from './ControlsPart.tsx';
import { DisplacementPart } from './DisplacementPart.tsx';
import { SeriesFigure } from './SeriesFigure.tsx';
import { TechnicalPart } from './TechnicalPart.tsx';
import { Verdicts } from './Verdicts.tsx';

type EvidenceSectionProps = { area: AreaDetail; asOf: string | undefined };

/** What the records say, beside the official result and never merged with it. */
export function EvidenceSection({ area, asOf }: EvidenceSectionProps) {
  const { t } = useTranslation('area-page');
  const evidence = useAreaEvidence(area.id, asOf);
  const { data, isLoading, isPrevious } = evidence;
  return (
    <section
      className={`${page.section} ${styles.evidence}`}
      aria-labelledby="evidence"
      aria-busy={isLoading}
      data-testid="evidence"
    >
      <ProgressLine isActive={isLoading} label={t('evidence.loading')} />
      <h2 id="evidence">{t('evidence.title')}</h2>
      <AnswerState answer={evidence} failed={t('evidence.failed')} stands={t('stands')} lines={8} />
      {data && (
        <div className={styles.parts} data-previous={isPrevious || undefined}>
          <Verdicts area={area} evidence={data} />
          <Told evidence={data} />
          <SeriesFigure area={area} evidence={data} />
          <ComparisonPart evidence={data} />
          {data.controls && <ControlsPart controls={data.controls} />}
          {data.displacement && (
            <DisplacementPart displacement={data.displacement} isControlled={data.controls?.isUsable === true} />
          )}
          <TechnicalPart evidence={data} />
        </div>
      )}
    </section>
  );
}

/** The sentence, large; below it what must be known before it is believed. */
function Told({ evidence }: { evidence: AreaEvidence }) {
  const { t } = useTranslation('area-page');
  const { language, number } = useAreaWords();
  const { stage, regression, power, warnings } = evidence;
  const share = (value: number) => number(Math.round(100 * value));
  return (
    <>
      <p className={styles.sentence} data-testid="sentence">
        {evidence.sentence[language]}
      </p>
      <ul className={styles.notes}>
        {regression?.isLarge && <li>{t('evidence.regression', { share: share(1 - regression.expectedRatio) })}</li>}
        {/* Before anything began, the sentence itself tells it. */}
        {power &&
          stage !== 'no-step' &&
          (power.detectableFall === null ? (
            <li>{t('evidence.powerNone', { n: number(power.count) })}</li>
          ) : (
            <li>{t('evidence.power', { n: number(power.count), share: share(power.detectableFall) })}</li>
          ))}
        {warnings.map((warning) => (
          <li key={warning}>{t(`evidence.warning.${warning}`)}</li>
        ))}
      </ul>
    </>
  );
}
