import { TargetsChart, targetsTable } from '@diemnong/charts';
import { areasExportPath, type TargetsResponse } from '@diemnong/contracts';
import { IconDownload, IconHelpCircle, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { useUpdateView, useView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { ButtonAnchor } from '../../ui/ButtonAnchor.tsx';
import { Select } from '../../ui/Select.tsx';
import { DayFilter } from '../days/DayFilter.tsx';
import { useMeta } from '../meta/use-meta.ts';
import { RulesDialog } from './RulesDialog.tsx';
import { TakeGauges } from './TakeGauges.tsx';
import { lastDayOf, yearChoices } from './target-query.ts';
import styles from './targets.module.css';
import { useTargetWords } from './use-target-words.ts';

type TargetsHeadProps = {
  year: number;
  today: string;
  /** Undefined before the first answer. */
  answer: TargetsResponse | undefined;
};

/** Year and day of the count, where the targets come from, and the ways to take them along. */
export function TargetsHead({ year, today, answer }: TargetsHeadProps) {
  const { t } = useTranslation('targets');
  const { language, number } = useTargetWords();
  const { asOf } = useView();
  const updateView = useUpdateView();
  const { data: meta } = useMeta();
  const [isExplained, setExplained] = useState(false);
  const day = asOf ?? answer?.asOf ?? lastDayOf(year, today);
  const isNow = asOf === undefined || asOf === lastDayOf(year, today);
  return (
    <header className={styles.head}>
      <div className={styles.titleLine}>
        <h1>{t('title', { year })}</h1>
        <p className={styles.quiet}>
          {[
            t('asOfText', { day: formatDay(answer?.asOf ?? day) }),
            t('source'),
            ...(answer ? [t('version', { version: number(answer.dataVersion) })] : []),
          ].join(' · ')}
          {meta?.demo && <strong className={styles.simulated}> · {t('simulated')}</strong>}
        </p>
      </div>
      <div className={styles.tools}>
        <label className={styles.labelled}>
          {t('year')}
          <Select
            value={year}
            onChange={({ target }) => updateView({ targetYear: Number(target.value), asOf: undefined })}
          >
            {yearChoices(answer?.years ?? [], year, today).map((choice) => (
              <option key={choice} value={choice}>
                {choice}
              </option>
            ))}
          </Select>
        </label>
        <label className={styles.labelled}>
          {t('asOf')}
          <DayFilter
            min="2000-01-01"
            max={today}
            value={day}
            onChange={(chosen) => updateView({ asOf: chosen }, { replace: true })}
          />
        </label>
        {!isNow && (
          <Button variant="quiet" onClick={() => updateView({ asOf: undefined })}>
            {lastDayOf(year, today) === today ? t('today') : t('yearEnd', { year })}
          </Button>
        )}
        <span className={styles.grow} />
        <Button variant="quiet" onClick={() => setExplained(true)}>
          <IconHelpCircle size="1.125em" aria-hidden />
          {t('rules.open')}
        </Button>
        <ButtonAnchor
          href={`${areasExportPath}?${new URLSearchParams({ year: String(year), asOf: day, lang: language }).toString()}`}
          download
        >
          <IconDownload size="1.125em" aria-hidden />
          {t('export')}
        </ButtonAnchor>
        <Button disabled={answer === undefined} onClick={() => window.print()}>
          <IconPrinter size="1.125em" aria-hidden />
          {t('print')}
        </Button>
        {answer && (
          <TakeGauges
            title={t('chart', { year: answer.year })}
            note={[
              t('asOfText', { day: formatDay(answer.asOf) }),
              t('version', { version: number(answer.dataVersion) }),
            ].join(' · ')}
            table={targetsTable(answer, language)}
          >
            {(frame) => <TargetsChart answer={answer} frame={frame} />}
          </TakeGauges>
        )}
      </div>
      {isExplained && <RulesDialog answer={answer} onClose={() => setExplained(false)} />}
    </header>
  );
}
