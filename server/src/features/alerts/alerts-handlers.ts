import { MONTH_ALARM_ALPHA, MONTH_ALARM_RULE } from '@diemnong/analysis';
import {
  type Alert,
  type AlertStory,
  type AlertsResponse,
  AppError,
  type decideAlert,
  type listAlerts,
  type ParsedRequestOf,
} from '@diemnong/contracts';
import type { Identity } from '../../access/identity.ts';
import { recordAudit } from '../../access/record-audit.ts';
import type { AppContext } from '../../app-context.ts';
import { getVersions } from '../../database/data-version.ts';
import { firstDayOfMonth, monthOf, toDay, toDayNumber } from '../../snapshot/local-days.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';
import { refusePersonNumber } from '../imports/rows/refuse-person-number.ts';
import { countByMonth } from '../reporting/month-counts.ts';
import { listAlertRows, saveDecision, sumRuns } from './alerts-queries.ts';
import { judge, seriesOf, toGrouping } from './alerts-rules.ts';

const longestMonths = 60;

/** GET /api/alerts. */
export async function listAllAlerts(
  { db }: Pick<AppContext, 'db'>,
  { state }: ParsedRequestOf<typeof listAlerts>['query'],
  { scope }: Identity,
): Promise<AlertsResponse> {
  return db.transaction(
    scope,
    async (transaction) => {
      const alerts = await listAlertRows(transaction, state === undefined ? {} : { state });
      const { dataVersion, months, series, tooShort } = await sumRuns(transaction);
      return {
        dataVersion: dataVersion ?? (await getVersions(transaction)).data,
        rule: MONTH_ALARM_RULE,
        checked: { months, series, tooShort, expectedFalse: (series - tooShort) * MONTH_ALARM_ALPHA },
        alerts,
      };
    },
    { snapshot: true },
  );
}

/** GET /api/alerts/:id. */
export function describeAlert(
  { snapshots }: Pick<AppContext, 'snapshots'>,
  id: string,
  { scope }: Identity,
): Promise<AlertStory> {
  return snapshots.read(scope, (source) => tellAlert(source, id));
}

/** The note, with its own series up to its month as the data stand now. Errors: `not_found`. */
export async function tellAlert(source: CountSource, id: string): Promise<AlertStory> {
  const { reference } = source;
  const alert = (await source.ask((database) => listAlertRows(database, { id })))[0];
  if (alert === undefined) throw noSuchAlert(id);
  const last = monthOf(toDayNumber(alert.month));
  const reported = reference.reportedMonths.get(alert.commune.code) ?? new Set<number>();
  const { code } = alert.commune;
  const window = {
    firstMonth: [...reported].reduce((first, month) => Math.min(first, month), last),
    endMonth: last + 1,
  };
  const grouping = toGrouping(alert.category === null ? [] : [alert.category], reference);
  const place = { commune: code, group: alert.category === null ? ('all' as const) : 0 };
  const series = seriesOf(await countByMonth(source, window, grouping, [code]), window, place, reported);
  const { firstMonth, counts } = series;
  const shown = counts.slice(-longestMonths);
  return {
    dataVersion: reference.dataVersion,
    alert,
    series: shown.map((count, i) => {
      const month = firstMonth + counts.length - shown.length + i;
      const verdict = judge(series, month);
      const threshold = typeof verdict === 'string' ? undefined : verdict;
      return {
        from: toDay(firstDayOfMonth(month)),
        to: toDay(firstDayOfMonth(month + 1)),
        count,
        expected: threshold?.expected ?? null,
        upper: threshold?.upper ?? null,
      };
    }),
  };
}

/**
 * PATCH /api/alerts/:id: counts stay as they are, so the data version does too.
 * Errors: `person_data` when the reason holds a number of a person; `not_found`; `conflict` when it is no longer open.
 */
export async function decideAboutAlert(
  { db }: Pick<AppContext, 'db'>,
  id: string,
  { decision, reason }: ParsedRequestOf<typeof decideAlert>['body'],
  identity: Identity,
): Promise<Alert> {
  refusePersonNumber(reason, { vi: 'Nhận định', en: 'The finding' });
  return db.transaction(identity.scope, async (transaction) => {
    const before = (await listAlertRows(transaction, { id }))[0];
    if (before === undefined) throw noSuchAlert(id);
    const { accountId, username } = identity;
    const isDecided = await saveDecision(transaction, id, { state: decision, reason, accountId, username });
    const after = (await listAlertRows(transaction, { id }))[0] ?? before;
    if (!isDecided) throw notOpen(after);
    await recordAudit(transaction, identity, {
      action: 'alert.decided',
      target: `alert/${id}`,
      before: inLog(before),
      after: inLog(after),
    });
    return after;
  });
}

function inLog({ commune, month, category, count, expected, upper, state, reason }: Alert) {
  return { commune: commune.code, month, category, count, expected, upper, state, reason };
}

function noSuchAlert(id: string): AppError {
  return new AppError('not_found', `Không có cảnh báo ${id}. (There is no such alert.)`);
}

function notOpen({ state, decidedBy }: Alert): AppError {
  return new AppError(
    'conflict',
    state === 'withdrawn'
      ? 'Cảnh báo này đã được rút vì số liệu đã được sửa. (The alert was withdrawn: the data were corrected.)'
      : `Cảnh báo này đã được ${decidedBy ?? 'máy chủ'} quyết định. (The alert was decided already.)`,
    { details: { reason: 'not_open', state } },
  );
}
