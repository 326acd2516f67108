import {
  ConcentrationChart,
  ConcentrationHistoryChart,
  concentrationHistoryTable,
  concentrationTable,
} from '@diemnong/charts';
import type { ConcentrationResponse } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { useUpdateView, useView } from '../../state/use-view.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { type StatisticSize, statisticSizeOf, statisticSizes, usualSize } from '../hotspots/statistic-sizes.ts';
import { TrendSection } from '../trends/TrendSection.tsx';
import { ruleName } from '../trends/trend-words.ts';
import trends from '../trends/trends.module.css';
import { useTrendFilters } from '../trends/use-trend-filters.ts';
import { useTrendWords } from '../trends/use-trend-words.ts';
import { useConcentration } from './use-concentration.ts';

/** Xu hướng › Tập trung: how few cells hold how much, beside what chance alone would make of as many records. */
export function ConcentrationPage() {
  const { t } = useTranslation('concentration');
  const res = statisticSizeOf(useView().res);
  const updateView = useUpdateView();
  const concentration = useConcentration(useTrendFilters(), res);
  const { caption } = useTrendWords();
  const controls = (
    <Segmented<StatisticSize>
      label={t('res')}
      value={res}
      options={statisticSizes.map((value) => ({ value, label: t(`resArea.${value}`) }))}
      onChange={(value) => updateView({ res: value === usualSize ? undefined : value })}
    />
  );
  return (
    <div className={trends.page}>
      <TrendSection name="concentration" title={t('title')} query={concentration} controls={controls}>
        {({ filters, answer }) =>
          answer.n === 0 ? (
            <StateNotice title={t('nothing.title')}>{t('nothing.text')}</StateNotice>
          ) : (
            <>
              <Findings answer={answer} />
              <Pictures answer={answer} caption={caption(filters)} />
            </>
          )
        }
      </TrendSection>
    </div>
  );
}

type AnswerProps = { answer: ConcentrationResponse };

function Findings({ answer }: AnswerProps) {
  const { t } = useTranslation('concentration');
  const language = useLanguage();
  const percent = (share: number) => formatNumber(share * 100, language, 1);
  const top = answer.top.find(({ cells }) => cells === 0.05) ?? answer.top[0];
  if (top === undefined) return null;
  return (
    <>
      <p>
        <strong>
          {t('finding.top', {
            cells: percent(top.cells),
            records: percent(top.records),
            chance: percent(top.chance),
          })}
        </strong>{' '}
        {answer.half !== null && t('finding.half', { half: percent(answer.half) })}
      </p>
      <p>
        {t('finding.grid', {
          records: formatNumber(answer.n, language),
          cells: formatNumber(answer.gridCells, language),
        })}
      </p>
    </>
  );
}

function Pictures({ answer, caption }: AnswerProps & { caption: string }) {
  const { t } = useTranslation('concentration');
  const language = useLanguage();
  const facts = { caption, n: answer.n, dataVersion: answer.dataVersion };
  return (
    <>
      <ChartFigure
        kind="concentration"
        title={t('curve.title')}
        table={concentrationTable(answer, language)}
        fileName="muc-tap-trung"
        notes={[t('curve.text'), t('rule', { rule: ruleName(answer.rule) })]}
        height={420}
        {...facts}
      >
        {(frame) => <ConcentrationChart answer={answer} frame={frame} />}
      </ChartFigure>
      {answer.history.length > 1 && (
        <ChartFigure
          kind="concentration-history"
          title={t('history.title')}
          table={concentrationHistoryTable(answer, language)}
          fileName="muc-tap-trung-qua-cac-nam"
          notes={[t('history.text')]}
          height={300}
          {...facts}
        >
          {(frame) => <ConcentrationHistoryChart answer={answer} frame={frame} />}
        </ChartFigure>
      )}
    </>
  );
}
