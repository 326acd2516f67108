import { ReportingChart, reportingTable } from '@diemnong/charts';
import type { ReportingResponse } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import type { Period } from '../../state/days.ts';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { periodText } from '../filters/period-text.ts';
import { useSession } from '../session/session-context.ts';
import { TrendSection } from '../trends/TrendSection.tsx';
import trends from '../trends/trends.module.css';
import { useTrendFilters } from '../trends/use-trend-filters.ts';
import { ConfirmNoIncident } from './ConfirmNoIncident.tsx';
import { MonthsByCommune } from './MonthsByCommune.tsx';
import { communesWith, missingShare } from './reporting-rows.ts';
import { useReporting, useReportingActions } from './use-reporting.ts';

/** Xu hướng › Tình hình báo cáo: which commune reported which month; a commune can say that it had no incident. */
export function ReportingPage() {
  const { t } = useTranslation('reporting');
  const reporting = useReporting(useTrendFilters());
  return (
    <div className={trends.page}>
      <TrendSection name="reporting" title={t('title')} query={reporting}>
        {({ period, answer }) =>
          answer.communes.length === 0 ? (
            <StateNotice title={t('nothing.title')}>{t('nothing.text')}</StateNotice>
          ) : (
            <Matrix answer={answer} period={period} />
          )
        }
      </TrendSection>
    </div>
  );
}

function Matrix({ answer, period }: { answer: ReportingResponse; period: Period }) {
  const { t } = useTranslation('reporting');
  const language = useLanguage();
  const { can } = useSession();
  const { retract } = useReportingActions();
  const [asked, setAsked] = useState<{ commune: { code: string; name: string }; month: string }>();
  const mayConfirm = can('reporting');
  const missing = communesWith(answer, 'missing');
  const confirmed = communesWith(answer, 'none');
  return (
    <>
      <p>
        <strong>
          {t('finding.missing', {
            count: answer.sums.missing,
            share: formatNumber(missingShare(answer) * 100, language, 1),
          })}
        </strong>{' '}
        {t('finding.note')}
      </p>
      <ChartFigure
        kind="reporting"
        title={t('matrix.title')}
        caption={periodText(period)}
        n={null}
        dataVersion={answer.dataVersion}
        table={reportingTable(answer, language)}
        fileName="tinh-hinh-bao-cao"
        notes={[t('matrix.text')]}
        height={Math.max(160, 64 + 22 * answer.communes.length)}
      >
        {(frame) => <ReportingChart answer={answer} frame={frame} />}
      </ChartFigure>
      {missing.length > 0 && (
        <MonthsByCommune
          title={t('list.title')}
          communes={missing}
          {...(mayConfirm && {
            action: 'list.confirm' as const,
            onMonth: (commune, month) => setAsked({ commune, month }),
          })}
        />
      )}
      {confirmed.length > 0 && (
        <MonthsByCommune
          title={t('confirmed.title')}
          communes={confirmed}
          {...(mayConfirm && {
            action: 'confirmed.retract' as const,
            onMonth: ({ code }, month) => retract.mutate({ commune: code, month: month.slice(0, 7) }),
          })}
        />
      )}
      {asked && <ConfirmNoIncident {...asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}
