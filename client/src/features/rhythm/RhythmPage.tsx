import { HourWeekdayChart, hourWeekdayTable } from '@diemnong/charts';
import type { HourWeekdayResponse } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { TrendSection } from '../trends/TrendSection.tsx';
import { ruleName } from '../trends/trend-words.ts';
import trends from '../trends/trends.module.css';
import { useTrendFilters } from '../trends/use-trend-filters.ts';
import { useTrendWords } from '../trends/use-trend-words.ts';
import { useHourWeekday } from './use-hour-weekday.ts';
import { weekShares } from './week-shares.ts';

type Which = 'all' | 'exact';

/** Xu hướng › Giờ × thứ: when in the week, with the uncertain times spread over where they may lie. */
export function RhythmPage() {
  const { t } = useTranslation('rhythm');
  const { caption } = useTrendWords();
  const filters = useTrendFilters();
  const week = useHourWeekday(filters);
  const [which, setWhich] = useState<Which>('all');
  const hasTimeFilter = filters?.hours !== undefined || filters?.weekdays !== undefined;
  const controls = (
    <Segmented<Which>
      label={t('which.label')}
      value={which}
      options={(['all', 'exact'] as const).map((value) => ({ value, label: t(`which.${value}`) }))}
      onChange={setWhich}
    />
  );
  return (
    <div className={trends.page}>
      <TrendSection name="rhythm" title={t('title')} query={week} controls={controls}>
        {({ filters: asked, answer }) =>
          answer.n === 0 ? (
            <StateNotice title={t('nothing.title')}>{t('nothing.text')}</StateNotice>
          ) : (
            <>
              <Findings answer={answer} />
              {hasTimeFilter && <p>{t('filtersOff')}</p>}
              <Week
                answer={which === 'all' ? answer : exactOnly(answer)}
                which={which}
                caption={caption({ ...asked, hours: undefined, weekdays: undefined })}
              />
            </>
          )
        }
      </TrendSection>
    </div>
  );
}

type AnswerProps = { answer: HourWeekdayResponse };

function Findings({ answer }: AnswerProps) {
  const { t } = useTranslation('rhythm');
  const language = useLanguage();
  const shares = weekShares(answer.matrix);
  if (shares === null) return null;
  const percent = (share: number) => formatNumber(share * 100, language, 1);
  const { weekday, hour, share } = shares.peak;
  return (
    <p>
      <strong>
        {t('finding.peak', { day: t('days').split(',')[weekday], hour, next: hour + 1, share: percent(share) })}
      </strong>{' '}
      {t('finding.night', { share: percent(shares.night) })} {t('finding.weekend', { share: percent(shares.weekend) })}
    </p>
  );
}

function Week({ answer, which, caption }: AnswerProps & { which: Which; caption: string }) {
  const { t } = useTranslation('rhythm');
  const language = useLanguage();
  const value = (count: number) => ({ value: formatNumber(count, language) });
  const counts = [
    t('counts.exact', value(answer.exact)),
    ...(answer.spread > 0 ? [t('counts.spread', value(answer.spread))] : []),
    ...(answer.leftOut > 0 ? [t('counts.leftOut', value(answer.leftOut))] : []),
  ];
  return (
    <ChartFigure
      kind="hour-weekday"
      title={t('chart.title')}
      caption={caption}
      n={answer.n}
      dataVersion={answer.dataVersion}
      table={hourWeekdayTable(answer, language)}
      fileName="gio-thu"
      notes={[
        ...(which === 'all' ? [t('chart.text')] : []),
        counts.join(' · '),
        t('rule', { rule: ruleName(answer.rule) }),
      ]}
      height={340}
    >
      {(frame) => <HourWeekdayChart answer={answer} frame={frame} />}
    </ChartFigure>
  );
}

/** The same answer as if only the records with an exact hour were there. */
function exactOnly(answer: HourWeekdayResponse): HourWeekdayResponse {
  const matrix = answer.exactMatrix;
  return {
    ...answer,
    n: answer.exact,
    spread: 0,
    matrix,
    hours: Array.from({ length: 24 }, (_, hour) => sum(matrix.map((row) => row[hour] ?? 0))),
    weekdays: matrix.map(sum),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
