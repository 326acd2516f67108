import { formatFixed } from '@diemnong/charts';
import type { AreaEvidence } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { addDays } from '../../state/days.ts';
import page from '../../ui/page.module.css';
import { useAreaWords } from '../areas/use-area-words.ts';
import { useMeta } from '../meta/use-meta.ts';
import { ruleName } from '../trends/trend-words.ts';
import styles from './area-page.module.css';
import { pWords } from './evidence-words.ts';

type TechnicalPartProps = { evidence: AreaEvidence };

/** Numbers for whoever checks the statistics: folded. */
export function TechnicalPart({ evidence }: TechnicalPartProps) {
  const { t } = useTranslation('area-page');
  const { language, number } = useAreaWords();
  const { data: meta } = useMeta();
  const fixed = (value: number | null | undefined, digits = 3) =>
    value === null || value === undefined ? t('technical.none') : formatFixed(value, language, digits);
  const chance = (p: number | null | undefined) => {
    if (p === null || p === undefined) return t('technical.none');
    const { isUnder, value } = pWords(p);
    return `${isUnder ? '< ' : ''}${formatFixed(value, language, 3)}`;
  };
  const names = evidence.categories.map((code) => {
    const category = meta?.categories.find((one) => one.code === code);
    return category === undefined ? code : language === 'vi' ? category.nameVi : category.nameEn;
  });
  const { ratio, dispersedRatio, controls, displacement, regression } = evidence;
  const limits = (one: typeof ratio) => one && `${fixed(one.ratio)} (${fixed(one.low)} – ${fixed(one.high)})`;
  const facts: [string, string | null][] = [
    [t('technical.stage'), t(`technical.stages.${evidence.stage}`)],
    [t('technical.categories'), names.join(', ')],
    [t('technical.recordsTo'), formatDay(addDays(evidence.recordsTo, -1))],
    [t('technical.ratio'), limits(ratio)],
    [t('technical.eTest'), chance(evidence.eTestP)],
    [t('technical.dispersion'), evidence.dispersion === null ? null : fixed(evidence.dispersion, 2)],
    [t('technical.dispersed'), limits(dispersedRatio)],
    [t('technical.controls'), controls?.isUsable ? limits(controls.ratio) : null],
    [t('technical.wdd'), displacement && `${fixed(displacement.wdd.wdd, 1)} ± ${fixed(displacement.wdd.se, 1)}`],
    [t('technical.wddP'), displacement && `z = ${fixed(displacement.wdd.z, 2)}, p = ${chance(displacement.wdd.p)}`],
    [t('technical.wdq'), displacement?.wdq ? fixed(displacement.wdq.wdq, 2) : null],
    [t('technical.regression'), regression && fixed(regression.expectedRatio)],
    [t('technical.rule'), ruleName(evidence.rule)],
    [t('technical.version'), number(evidence.dataVersion)],
  ];
  return (
    <details className={styles.fold}>
      <summary>{t('technical.title')}</summary>
      <dl className={page.facts}>
        {facts.map(
          ([name, value]) =>
            value !== null && (
              <div key={name} className={styles.fact}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </details>
  );
}
