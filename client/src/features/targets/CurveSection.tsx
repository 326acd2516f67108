import { SurvivalChart, survivalTable } from '@diemnong/charts';
import type { TargetsResponse } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import styles from './targets.module.css';
import { useTargetWords } from './use-target-words.ts';

type CurveSectionProps = { answer: TargetsResponse };

/** How long successes last: Kaplan–Meier of the cohort. */
export function CurveSection({ answer }: CurveSectionProps) {
  const { t } = useTranslation('targets');
  const { language, number, share } = useTargetWords();
  const { denominator, target } = answer.noRelapse;
  return (
    <div className={`${styles.card} ${styles.onScreen}`}>
      <ChartFigure
        kind="survival"
        title={t('curve.title')}
        caption={t('curve.caption', { n: number(denominator), target: share(target) })}
        n={null}
        dataVersion={answer.dataVersion}
        table={survivalTable(answer, language)}
        fileName={`con-on-dinh-${answer.year}`}
        notes={[t('curve.note')]}
        height={340}
      >
        {(frame) => <SurvivalChart answer={answer} frame={frame} />}
      </ChartFigure>
    </div>
  );
}
