import { MONTH_ALARM_RULE } from '@diemnong/analysis';
import { recordAudit, serverActor } from '../../access/record-audit.ts';
import { systemScope } from '../../access/scope.ts';
import type { AppContext } from '../../app-context.ts';
import { firstDayOfMonth, monthOf, toDay, toDayNumber } from '../../snapshot/local-days.ts';
import type { Reference } from '../../snapshot/reference-queries.ts';
import { communesOf } from '../../snapshot/selection.ts';
import type { SpanCounts } from '../../snapshot/snapshot-spans.ts';
import { countByMonth, type MonthWindow } from '../reporting/month-counts.ts';
import { currentMonth } from '../reporting/reporting-rules.ts';
import {
  type Basis,
  type CommuneRun,
  type Finding,
  findLastRun,
  listOpenAlerts,
  lockRuns,
  type OpenAlert,
  openAlerts,
  saveRuns,
  withdrawAlerts,
} from './alerts-queries.ts';
import {
  ALL_CATEGORIES,
  type Judge,
  judge as judgeAnew,
  monthsToLookAt,
  seriesOf,
  toGrouping,
  watchedGroups,
} from './alerts-rules.ts';

type AlertContext = Pick<AppContext, 'db' | 'snapshots'>;

/** What one data version says, read at once. */
type Material = {
  reference: Reference;
  /** Months to look at, month numbers. */
  months: number[];
  open: OpenAlert[];
  /** Codes of the watched groups, in the order of `counts.groups`. */
  groups: string[];
  window: MonthWindow;
  counts: SpanCounts;
};

type Judgement = { runs: CommuneRun[]; findings: Finding[]; gone: { id: string; reason: string }[] };

const corrected =
  'Số liệu đã được sửa: tháng này không còn vượt ngưỡng. (The data were corrected: the month is no longer above its threshold.)';
const abolished =
  'Xã, phường này không còn trong bộ ranh giới đang dùng. (The commune is no longer in the boundary set in use.)';
const ungrouped = 'Nhóm vụ việc này không còn trong danh mục. (The group is no longer among the categories.)';
const unreported =
  'Tháng này không còn được báo cáo: lô nhập đã được hoàn tác. (The month is no longer reported: the import was undone.)';

/**
 * Look at the last complete months of every commune, in all and in each group, and open a note for each that is above its
 * seasonal threshold and has none; withdraw open notes, of any month, that corrected data no longer bear out. All of it or
 * nothing; done again for the same data, rule and calendar month it changes nothing, in however many processes.
 * @returns how many notes were opened and withdrawn; undefined when another process had seen as much or more.
 */
export async function refreshAlerts(
  { db, snapshots }: AlertContext,
  { signal, judge = judgeAnew }: { signal?: AbortSignal; judge?: Judge } = {},
): Promise<{ opened: number; withdrawn: number } | undefined> {
  const running = currentMonth();
  const material = await readMaterial(snapshots, running);
  const basis: Basis = {
    dataVersion: material.reference.dataVersion,
    rule: MONTH_ALARM_RULE,
    asOf: toDay(firstDayOfMonth(running)),
  };
  const judgement = await judgeAll(material, judge, signal);
  signal?.throwIfAborted();
  return db.transaction(systemScope, async (transaction) => {
    await lockRuns(transaction);
    const last = await findLastRun(transaction);
    if (last !== undefined && isAsNew(last, basis)) return undefined;
    const months = material.months.map((month) => toDay(firstDayOfMonth(month)));
    const opened = await openAlerts(transaction, judgement.findings, basis.dataVersion);
    const withdrawn = await withdrawAlerts(transaction, judgement.gone);
    await saveRuns(transaction, basis, months, judgement.runs);
    const entries = { 'alert.opened': opened, 'alert.withdrawn': withdrawn } as const;
    for (const [action, alerts] of Object.entries(entries) as [keyof typeof entries, OpenAlert[]][])
      if (alerts.length > 0)
        await recordAudit(transaction, serverActor, {
          action,
          target: 'alert',
          after: { dataVersion: basis.dataVersion, count: alerts.length, alerts: alerts.map(inLog) },
        });
    return { opened: opened.length, withdrawn: withdrawn.length };
  });
}

/** Has what is to be looked at been looked at? */
export async function areAlertsFresh({ db }: Pick<AlertContext, 'db'>, dataVersion: number): Promise<boolean> {
  const last = await db.transaction(systemScope, findLastRun);
  const asOf = toDay(firstDayOfMonth(currentMonth()));
  return last !== undefined && isAsNew(last, { dataVersion, rule: MONTH_ALARM_RULE, asOf });
}

/** Of newer data, or of the same by the same rule in the same calendar month. */
function isAsNew(last: Basis, { dataVersion, rule, asOf }: Basis): boolean {
  if (last.dataVersion !== dataVersion) return last.dataVersion > dataVersion;
  return last.rule === rule && last.asOf === asOf;
}

function inLog({ id, communeCode, month, category }: OpenAlert): string {
  return `${id} ${communeCode} ${month} ${category}`.trimEnd();
}

function readMaterial(snapshots: AlertContext['snapshots'], running: number): Promise<Material> {
  return snapshots.read(systemScope, async (source) => {
    const { reference } = source;
    const communes = communesOf(reference.defaultSet, reference);
    const months = monthsToLookAt(communes, reference, running);
    const open = await source.ask(listOpenAlerts);
    const groups = watchedGroups(reference);
    const wanted = [...months, ...open.map(({ month }) => monthOf(toDayNumber(month)))];
    const reported = communes.flatMap(({ code }) => [...(reference.reportedMonths.get(code) ?? [])]);
    const last = wanted.reduce((latest, month) => Math.max(latest, month), running - 1);
    const window = { firstMonth: reported.reduce((first, month) => Math.min(first, month), last), endMonth: last + 1 };
    const counts = await countByMonth(source, window, toGrouping(groups, reference));
    return { reference, months, open, groups, window, counts };
  });
}

async function judgeAll(material: Material, judge: Judge, signal: AbortSignal | undefined): Promise<Judgement> {
  const { reference, months, open, groups, window, counts } = material;
  const runs: CommuneRun[] = [];
  const findings: Finding[] = [];
  const communes = communesOf(reference.defaultSet, reference);
  const here = new Set(communes.map(({ code, provinceCode }) => `${provinceCode} ${code}`));
  const watched = [ALL_CATEGORIES, ...groups];
  const gone = open.flatMap(({ id, provinceCode, communeCode, category }) => {
    if (!here.has(`${provinceCode} ${communeCode}`)) return { id, reason: abolished };
    return watched.includes(category) ? [] : { id, reason: ungrouped };
  });
  for (const { code, provinceCode } of communes) {
    const run: CommuneRun = { provinceCode, communeCode: code, series: 0, tooShort: 0 };
    const reported = reference.reportedMonths.get(code) ?? new Set<number>();
    const own = open.filter((alert) => alert.communeCode === code && alert.provinceCode === provinceCode);
    for (const [i, category] of watched.entries()) {
      // Some milliseconds a series: others are answered in between.
      await new Promise(setImmediate);
      signal?.throwIfAborted();
      const group = category === ALL_CATEGORIES ? 'all' : i - 1;
      const series = seriesOf(counts, window, { commune: code, group }, reported);
      for (const month of months) {
        const verdict = judge(series, month);
        if (verdict === 'unreported') continue;
        run.series++;
        if (verdict === 'too short') run.tooShort++;
        else if (verdict.alarm) {
          const { expected, upper, p, rule } = verdict;
          const count = series.counts[month - series.firstMonth] ?? 0;
          const place = { provinceCode, communeCode: code, month: toDay(firstDayOfMonth(month)), category };
          findings.push({ ...place, count, expected, upper, p, rule });
        }
      }
      for (const alert of own.filter((known) => known.category === category)) {
        const verdict = judge(series, monthOf(toDayNumber(alert.month)));
        if (verdict === 'unreported') gone.push({ id: alert.id, reason: unreported });
        else if (verdict === 'too short' || !verdict.alarm) gone.push({ id: alert.id, reason: corrected });
      }
    }
    runs.push(run);
  }
  return { runs, findings, gone };
}
