import {
  AppError,
  type confirmNoIncident,
  type getReporting,
  type MonthState,
  type ParsedRequestOf,
  type ReportingResponse,
  type ResponseOf,
} from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Identity } from '../../access/identity.ts';
import { recordAudit } from '../../access/record-audit.ts';
import { reaches } from '../../access/scope.ts';
import type { AppContext } from '../../app-context.ts';
import { raiseDataVersion } from '../../database/data-version.ts';
import { firstDayOfMonth, monthOf, toDay, toDayNumber } from '../../snapshot/local-days.ts';
import { communesOf } from '../../snapshot/selection.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';
import { monthsTouching } from '../stories/reporting.ts';
import { countByMonth } from './month-counts.ts';
import {
  deleteConfirmation,
  describeMonth,
  findDefaultCommune,
  type ReportingCommune,
  saveConfirmation,
} from './reporting-queries.ts';
import { currentMonth, toMonthState } from './reporting-rules.ts';

/** Wider than any screen; a whole country's communes × months still fit an answer. */
const longestMonths = 240;
const earliest = '1900-01';

/** GET /api/reporting. */
export function listReporting(
  { snapshots }: Pick<AppContext, 'snapshots'>,
  query: ParsedRequestOf<typeof getReporting>['query'],
  { scope }: Identity,
): Promise<ReportingResponse> {
  return snapshots.read(scope, (source) => tellReporting(source, query));
}

/** Communes × months: what each has sent in, and how many records there are of it. */
export async function tellReporting(
  source: CountSource,
  { from, to }: { from: string; to: string },
): Promise<ReportingResponse> {
  const { reference } = source;
  if (from >= to) throw new AppError('invalid_input', `from ${from} is not before to ${to} (to is excluded)`);
  const months = monthsTouching(toDayNumber(from), toDayNumber(to));
  if (months.length > longestMonths)
    throw new AppError('invalid_input', `${from} to ${to} are ${months.length} months, more than ${longestMonths}`);
  const communes = communesOf(reference.defaultSet, reference);
  const firstMonth = months[0] ?? 0;
  const counts = await countByMonth(source, { firstMonth, endMonth: firstMonth + months.length });
  const running = currentMonth();
  const sums: ReportingResponse['sums'] = { reported: 0, none: 0, missing: 0, pending: 0 };
  const rows = communes.map(({ code, fullName }) => {
    const own = months.map((_, i) => counts.groups[0]?.get(code)?.[i] ?? 0);
    const states = months.map((month, i) => {
      const state = toMonthState({
        count: own[i] ?? 0,
        isReported: reference.reportedMonths.get(code)?.has(month) ?? false,
        isConfirmed: reference.confirmedMonths.get(code)?.has(month) ?? false,
        isOver: month < running,
      });
      sums[state]++;
      return state;
    });
    return { code, name: fullName, states, counts: own };
  });
  return {
    dataVersion: reference.dataVersion,
    months: months.map((month) => toDay(firstDayOfMonth(month))),
    communes: rows,
    sums,
  };
}

type CommuneMonth = ParsedRequestOf<typeof confirmNoIncident>['params'];

/** POST /api/reporting/:commune/:month: every statistic counts the month from now on, as zero. */
export async function confirmMonth(
  { db, version }: Pick<AppContext, 'db' | 'version'>,
  params: CommuneMonth,
  identity: Identity,
): Promise<ResponseOf<typeof confirmNoIncident>> {
  const month = toFirstDay(params.month);
  await db.transaction(identity.scope, async (transaction) => {
    const commune = await requireCommune(transaction, params.commune, identity);
    if (!isOver(month)) throw notOver(params.month);
    const { count } = await describeMonth(transaction, commune, month);
    if (count > 0) throw hasRecords(commune, params.month, count);
    if (!(await saveConfirmation(transaction, commune, month, identity))) return;
    await raiseDataVersion(transaction);
    await recordAudit(transaction, identity, {
      action: 'reporting.confirmed',
      target: auditTarget(params),
      after: { commune: commune.name, month: params.month },
    });
  });
  version.invalidate();
  return { state: 'none' };
}

/** DELETE /api/reporting/:commune/:month. */
export async function retractMonth(
  { db, version }: Pick<AppContext, 'db' | 'version'>,
  params: CommuneMonth,
  identity: Identity,
): Promise<{ state: MonthState }> {
  const month = toFirstDay(params.month);
  const state = await db.transaction(identity.scope, async (transaction) => {
    const commune = await requireCommune(transaction, params.commune, identity);
    const before = await deleteConfirmation(transaction, commune, month);
    if (before === undefined) throw nothingConfirmed(commune, params.month);
    const known = await describeMonth(transaction, commune, month);
    await raiseDataVersion(transaction);
    await recordAudit(transaction, identity, {
      action: 'reporting.retracted',
      target: auditTarget(params),
      before: {
        commune: commune.name,
        month: params.month,
        confirmedBy: before.username,
        confirmedAt: before.confirmedAt.toISOString(),
      },
    });
    return toMonthState({ ...known, isConfirmed: false, isOver: isOver(month) });
  });
  version.invalidate();
  return { state };
}

function toFirstDay(month: string): string {
  if (month < earliest) throw new AppError('invalid_input', `month: got ${month}, expected ${earliest} or later`);
  return `${month}-01`;
}

function isOver(firstDay: string): boolean {
  return monthOf(toDayNumber(firstDay)) < currentMonth();
}

async function requireCommune(
  transaction: Knex.Transaction,
  code: string,
  { scope }: Identity,
): Promise<ReportingCommune> {
  const commune = await findDefaultCommune(transaction, code);
  if (commune === undefined || !reaches(scope, { provinceCode: commune.provinceCode, communeCode: code }))
    throw new AppError(
      'not_found',
      `Không có xã, phường nào mang mã ${code} trong phạm vi của tài khoản. (There is no commune ${code} within reach of this account.)`,
    );
  return commune;
}

function auditTarget({ commune, month }: CommuneMonth): string {
  return `reporting/${commune}/${month}`;
}

function hasRecords({ name }: ReportingCommune, month: string, count: number): AppError {
  return new AppError(
    'conflict',
    `${name} có ${count} vụ trong tháng ${month}: không thể xác nhận là không có vụ nào. ` +
      `(There are ${count} records of that commune and month.)`,
    { details: { reason: 'has_records', count } },
  );
}

function notOver(month: string): AppError {
  return new AppError(
    'conflict',
    `Tháng ${month} chưa kết thúc: chỉ xác nhận được sau ngày cuối tháng. (The month is not over.)`,
    { details: { reason: 'not_over', month } },
  );
}

function nothingConfirmed({ name }: ReportingCommune, month: string): AppError {
  return new AppError(
    'not_found',
    `Chưa ai xác nhận ${name} không có vụ nào trong tháng ${month}. (Nothing was confirmed for that month.)`,
  );
}
