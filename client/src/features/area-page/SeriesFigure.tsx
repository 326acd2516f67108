import { AreaSeriesChart, areaSeriesTable } from '@diemnong/charts';
import type { AreaDetail, AreaEvidence } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { addDays } from '../../state/days.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { useAreaWords } from '../areas/use-area-words.ts';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import styles from './area-page.module.css';

type SeriesFigureProps = { area: AreaDetail; evidence: AreaEvidence };

/** The records of the area month by month, or by reporting periods, with its steps at their days. */
export function SeriesFigure({ area, evidence }: SeriesFigureProps) {
  const { t } = useTranslation('area-page');
  const { code, language } = useAreaWords();
  const [by, setBy] = useState<'month' | 'reporting'>('month');
  const series = by === 'month' ? evidence.months : evidence.periods;
  const first = series[0];
  if (evidence.stage === 'no-place' || first === undefined) return null;
  return (
    <>
      <div className={styles.seriesBy}>
        <Segmented
          label={t('series.by')}
          value={by}
          options={[
            { value: 'month', label: t('series.month') },
            { value: 'reporting', label: t('series.period') },
          ]}
          onChange={setBy}
        />
      </div>
      <ChartFigure
        kind="area-series"
        title={t('series.title')}
        caption={`${code(area)} ${area.name} · ${formatDay(first.from)} – ${formatDay(addDays(series.at(-1)?.to ?? first.to, -1))}`}
        n={series.reduce((sum, { count }) => sum + (count ?? 0), 0)}
        dataVersion={evidence.dataVersion}
        table={areaSeriesTable(evidence, language, by)}
        fileName={`dia-ban-${area.number}`}
        notes={[t('series.note')]}
        height={340}
      >
        {(frame) => <AreaSeriesChart answer={evidence} frame={frame} by={by} />}
      </ChartFigure>
    </>
  );
}
