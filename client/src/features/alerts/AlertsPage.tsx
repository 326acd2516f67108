import { type AlertsResponse, type NoteState, noteStates } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMonth, formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { useUpdateView, useView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { TrendSection } from '../trends/TrendSection.tsx';
import { ruleName } from '../trends/trend-words.ts';
import trends from '../trends/trends.module.css';
import { AlertDetail } from './AlertDetail.tsx';
import { AlertTable } from './AlertTable.tsx';
import styles from './alerts.module.css';
import { useAlerts } from './use-alerts.ts';

/** Xu hướng › Cảnh báo: communes' months above their seasonal threshold, for a person to decide about. */
export function AlertsPage() {
  const { t } = useTranslation('alerts');
  const { alert } = useView();
  const updateView = useUpdateView();
  const [state, setState] = useState<NoteState | 'all'>('all');
  const alerts = useAlerts(state === 'all' ? undefined : state);
  const controls = (
    <Segmented<NoteState | 'all'>
      label={t('state.label')}
      value={state}
      options={(['all', ...noteStates] as const).map((value) => ({ value, label: t(`state.${value}`) }))}
      onChange={setState}
    />
  );
  return (
    <div className={trends.page}>
      <TrendSection name="alerts" title={t('title')} query={alerts} controls={controls}>
        {(answer) => (
          <>
            <Explained answer={answer} />
            {answer.alerts.length === 0 ? (
              <StateNotice
                title={t('none.title')}
                actions={state !== 'all' && <Button onClick={() => setState('all')}>{t('none.showAll')}</Button>}
              >
                {t(state === 'all' ? 'none.text' : 'none.filtered')}
              </StateNotice>
            ) : (
              <AlertTable alerts={answer.alerts} onOpen={(id) => updateView({ alert: id })} />
            )}
            {alert && <AlertDetail key={alert} id={alert} onClose={() => updateView({ alert: undefined })} />}
          </>
        )}
      </TrendSection>
    </div>
  );
}

/** What an alert is, and how many false ones to expect among so many looks. */
function Explained({ answer: { checked, rule } }: { answer: AlertsResponse }) {
  const { t } = useTranslation('alerts');
  const language = useLanguage();
  return (
    <>
      <p>{t('what')}</p>
      {checked.series > 0 && (
        <p className={styles.small}>
          {t('checked', {
            series: formatNumber(checked.series, language),
            months: checked.months.map((month) => formatMonth(month)).join(', '),
            tooShort: formatNumber(checked.tooShort, language),
            expected: formatNumber(checked.expectedFalse, language),
          })}{' '}
          {t('story.rule', { rule: ruleName(rule) })}
        </p>
      )}
    </>
  );
}
