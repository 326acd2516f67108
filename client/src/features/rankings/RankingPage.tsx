import { FunnelChart, funnelTable, RankingChart, rankingTable } from '@diemnong/charts';
import type { CommuneRankingResponse } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { useUpdateView, useView } from '../../state/use-view.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { TrendSection } from '../trends/TrendSection.tsx';
import { ruleName } from '../trends/trend-words.ts';
import trends from '../trends/trends.module.css';
import { useTrendFilters } from '../trends/use-trend-filters.ts';
import { useTrendWords } from '../trends/use-trend-words.ts';
import { RankingTable } from './RankingTable.tsx';
import { farOutside, rankedCommunes } from './ranking-rows.ts';
import styles from './rankings.module.css';
import { type Per, useCommuneRanking } from './use-commune-ranking.ts';

/** Xu hướng › Xã, phường: which communes differ from the whole, by a ranking that does not punish small ones. */
export function RankingPage() {
  const { t } = useTranslation('rankings');
  const { per = 'population' } = useView();
  const updateView = useUpdateView();
  const ranking = useCommuneRanking(useTrendFilters(), per);
  const { caption } = useTrendWords();
  const controls = (
    <Segmented<Per>
      label={t('per.label')}
      value={per}
      options={(['population', 'area'] as const).map((value) => ({ value, label: t(`per.${value}`) }))}
      onChange={(value) => updateView({ per: value === 'population' ? undefined : value })}
    />
  );
  return (
    <div className={trends.page}>
      <TrendSection name="ranking" title={t('title')} query={ranking} controls={controls}>
        {({ filters, answer }) => (
          <>
            {answer.n === 0 && <StateNotice title={t('nothing.title')}>{t('nothing.text')}</StateNotice>}
            {answer.n > 0 && answer.communes.length === 1 && (
              <StateNotice title={t('alone.title')}>{t('alone.text')}</StateNotice>
            )}
            {answer.n > 0 && answer.communes.length > 1 && (
              <>
                <Findings answer={answer} />
                <Pictures answer={answer} caption={caption(filters)} />
              </>
            )}
            <LeftOut answer={answer} />
          </>
        )}
      </TrendSection>
    </div>
  );
}

type AnswerProps = { answer: CommuneRankingResponse };

/** What the pictures below say, in sentences. */
function Findings({ answer }: AnswerProps) {
  const { t } = useTranslation('rankings');
  const language = useLanguage();
  if (answer.overall === null) return null;
  const number = (value: number) => formatNumber(value, language, 1);
  const high = farOutside(answer, 'high');
  const low = farOutside(answer, 'low');
  return (
    <div className={styles.findings}>
      <p>{t('finding.overall', { rate: number(answer.overall), unit: t(`unit.${answer.per as Per}`) })}</p>
      <p>{high.length > 0 ? t('finding.high', { names: high.join(', ') }) : t('finding.noHigh')}</p>
      {low.length > 0 && <p>{t('finding.low', { names: low.join(', ') })}</p>}
      {answer.tau !== null && answer.tau >= 0.005 && (
        <p className={styles.quiet}>{t('finding.tau', { share: formatNumber(100 * answer.tau, language) })}</p>
      )}
    </div>
  );
}

function Pictures({ answer, caption }: AnswerProps & { caption: string }) {
  const { t } = useTranslation('rankings');
  const language = useLanguage();
  const [picked, setPicked] = useState<string>();
  const facts = { caption, n: answer.n, dataVersion: answer.dataVersion, onPick: setPicked, pickedId: picked };
  return (
    <>
      <ChartFigure
        kind="funnel"
        title={t('funnel.title')}
        table={funnelTable(answer, language)}
        fileName="bieu-do-pheu"
        notes={[t('funnel.text'), t('rule', { rule: ruleName(answer.rule) })]}
        height={440}
        {...facts}
      >
        {(frame) => <FunnelChart answer={answer} frame={frame} />}
      </ChartFigure>
      <ChartFigure
        kind="ranking"
        title={t('ranking.title')}
        table={rankingTable(answer, language)}
        fileName="xep-hang-xa-phuong"
        notes={[t('ranking.text'), t('rule', { rule: ruleName(answer.rule) })]}
        height={560}
        {...facts}
      >
        {(frame) => <RankingChart answer={answer} frame={frame} />}
      </ChartFigure>
      <RankingTable communes={rankedCommunes(answer)} />
    </>
  );
}

function LeftOut({ answer }: AnswerProps) {
  const { t } = useTranslation('rankings');
  const language = useLanguage();
  if (answer.leftOut.length === 0) return null;
  return (
    <section>
      <h2>{t('leftOut.title')}</h2>
      <ul className={styles.leftOut}>
        {answer.leftOut.map(({ code, name, reason, count }) => (
          <li key={code}>{t(`leftOut.${reason}`, { name, count: formatNumber(count, language) })}</li>
        ))}
      </ul>
    </section>
  );
}
