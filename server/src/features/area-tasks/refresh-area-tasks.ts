import { areaMonths, RELAPSE_RULE, relapseSignal } from '@diemnong/analysis';
import type { AreaRules } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { recordAudit, serverActor } from '../../access/record-audit.ts';
import { systemScope } from '../../access/scope.ts';
import type { AppContext } from '../../app-context.ts';
import { getVersions } from '../../database/data-version.ts';
import { type CountedStep, listStepsInForce } from '../area-evidence/area-evidence-queries.ts';
import { categoriesOf, type Round, roundOf } from '../area-evidence/area-evidence-rules.ts';
import { allRecords, type PreparedEvidence, prepareRecords } from '../area-evidence/evidence-basis.ts';
import { readAreaRules } from '../areas/area-rules-queries.ts';
import { type AreaRow, listAreasById } from '../areas/areas-queries.ts';
import { today } from '../areas/today.ts';
import { currentMonth } from '../reporting/reporting-rules.ts';
import {
  isWatched,
  listOpenTasks,
  listWatchedIds,
  lockWatchRuns,
  type OpenTask,
  openTasks,
  readPlanningBasis,
  type SavedTask,
  saveWatchRuns,
  type TaskFinding,
  type WatchRun,
  withdrawTasks,
} from './area-tasks-queries.ts';
import { type CountOf, lastWindow, windowAgain } from './relapse-window-rules.ts';

type WatchContext = Pick<AppContext, 'db' | 'snapshots'>;

/** What one state of the data and the areas says, read at once. */
type Material = {
  basis: string;
  dataVersion: number;
  watched: { area: AreaRow; steps: readonly CountedStep[]; isPending: boolean }[];
  open: OpenTask[];
  rules: ReadonlyMap<string, AreaRules>;
  records: Omit<PreparedEvidence, 'isHidden'>;
  categoriesOf(area: AreaRow): string[];
  endMonth: number;
};

type Judgement = { runs: WatchRun[]; findings: TaskFinding[]; gone: { id: string; reason: string }[] };

const corrected =
  'Số liệu đã được sửa: số vụ không còn trở lại mức trước chuyển hóa. (The data were corrected: the records are no longer back at their level of before.)';
const unreported =
  'Các tháng này không còn đủ báo cáo để so sánh. (Too few of these months are reported to be compared.)';
const unwatched = 'Địa bàn không còn trong diện theo dõi. (The area is no longer under watch.)';

/**
 * Look at the last complete months of every area under watch and open a task for each whose records came back and has no open one;
 * withdraw open ones that the data no longer bear out, or whose area is no longer under watch. An area's status is never
 * touched. All of it or nothing; done again for the same data, places, steps, rules and calendar month it changes nothing, in
 * however many processes.
 * @returns how many were opened and withdrawn; undefined when another process did it, or something has changed meanwhile.
 */
export async function refreshAreaTasks(
  { db, snapshots }: WatchContext,
  { signal }: { signal?: AbortSignal } = {},
): Promise<{ opened: number; withdrawn: number } | undefined> {
  const material = await readMaterial(snapshots);
  const judgement = await judgeAll(material, signal);
  signal?.throwIfAborted();
  return db.transaction(systemScope, async (transaction) => {
    await lockWatchRuns(transaction);
    const basis = await watchBasis(transaction, (await getVersions(transaction)).data);
    if (basis !== material.basis || (await isWatched(transaction, basis))) return undefined;
    const withdrawn = await withdrawTasks(transaction, judgement.gone);
    const opened = await openTasks(transaction, judgement.findings, material.dataVersion);
    await saveWatchRuns(transaction, basis, judgement.runs);
    const entries = { 'area_task.opened': opened, 'area_task.withdrawn': withdrawn } as const;
    for (const [action, tasks] of Object.entries(entries) as [keyof typeof entries, SavedTask[]][])
      if (tasks.length > 0)
        await recordAudit(transaction, serverActor, {
          action,
          target: 'area_task',
          after: { dataVersion: material.dataVersion, count: tasks.length, tasks: tasks.map(inLog) },
        });
    return { opened: opened.length, withdrawn: withdrawn.length };
  });
}

/** What there is to be looked at, as it stands now. */
export function readWatchBasis({ db }: Pick<WatchContext, 'db'>): Promise<string> {
  return db.transaction(systemScope, async (transaction) =>
    watchBasis(transaction, (await getVersions(transaction)).data),
  );
}

/** Has it been looked at? */
export function areTasksFresh({ db }: Pick<WatchContext, 'db'>, basis: string): Promise<boolean> {
  return db.transaction(systemScope, (transaction) => isWatched(transaction, basis));
}

/** What a look is made from: the rule, the calendar month, the data, and all that was decided about areas. */
async function watchBasis(database: Knex, dataVersion: number): Promise<string> {
  return `${RELAPSE_RULE} ${currentMonth()} ${dataVersion} ${await readPlanningBasis(database)}`;
}

function inLog({ id, number, windowFrom, windowTo }: SavedTask): string {
  return `${id} ${number} ${windowFrom} ${windowTo}`;
}

function readMaterial(snapshots: WatchContext['snapshots']): Promise<Material> {
  return snapshots.read(systemScope, async (source) => {
    const { reference } = source;
    const asOf = today();
    const read = await source.ask(async (database) => {
      const ids = await listWatchedIds(database, asOf);
      const areas = new Map(
        (
          await listAreasById(
            database,
            ids.map(({ id }) => id),
          )
        ).map((area) => [area.id, area]),
      );
      const steps = await listStepsInForce(database, [...areas.keys()]);
      const rules = new Map<string, AreaRules>();
      for (const { provinceCode } of areas.values())
        if (!rules.has(provinceCode))
          rules.set(provinceCode, await readAreaRules(database, provinceCode, Number(asOf.slice(0, 4))));
      return {
        // Of the data that are counted, which may be a commit behind the areas.
        basis: await watchBasis(database, reference.dataVersion),
        open: await listOpenTasks(database),
        rules,
        watched: ids.flatMap(({ id, isPending }) => {
          const area = areas.get(id);
          return area === undefined ? [] : [{ area, steps: steps.get(id) ?? [], isPending }];
        }),
      };
    });
    const endMonth = currentMonth();
    const cells = [...new Set(read.watched.flatMap(({ area }) => area.cells))];
    return {
      ...read,
      dataVersion: reference.dataVersion,
      records: await prepareRecords(source, { ...allRecords, cells }, endMonth),
      categoriesOf: ({ types }) => categoriesOf(types, reference),
      endMonth,
    };
  });
}

/** Records of an area by month, from those that were prepared. */
export function countsOf(
  { basis, categories, communes }: Pick<PreparedEvidence, 'basis' | 'categories' | 'communes'>,
  area: Pick<AreaRow, 'cells' | 'communeCode'>,
  codes: readonly string[],
  { firstMonth, endMonth }: { firstMonth: number; endMonth: number },
): CountOf {
  const question = {
    cells: area.cells,
    categories: new Set(codes.flatMap((code) => categories.get(code) ?? [])),
    commune: communes.get(area.communeCode) ?? -1,
  };
  const months = new Map(
    areaMonths(basis, question, firstMonth, endMonth).map(({ month, count }) => [month, count] as const),
  );
  return (month) => months.get(month);
}

async function judgeAll(material: Material, signal: AbortSignal | undefined): Promise<Judgement> {
  const { watched, open, rules, endMonth } = material;
  const runs = new Map<string, WatchRun>();
  const findings: TaskFinding[] = [];
  const known = new Set(watched.map(({ area }) => area.id));
  const gone = open.flatMap(({ id, areaId }) => (known.has(areaId) ? [] : [{ id, reason: unwatched }]));
  const asOf = today();
  for (const { area, steps, isPending } of watched) {
    // Others are answered in between.
    await new Promise(setImmediate);
    signal?.throwIfAborted();
    const { id, provinceCode, communeCode } = area;
    const key = `${provinceCode} ${communeCode}`;
    const run = runs.get(key) ?? { provinceCode, communeCode, areas: 0, notComparable: 0 };
    runs.set(key, run);
    const { relapseMonths: months, relapseShare: share } = rules.get(provinceCode)!;
    const own = open.filter(({ areaId }) => areaId === id);
    const round = roundOf(steps, asOf);
    const counts = countsForRound(material, area, round, endMonth);
    const compared = counts && lastWindow(counts.countOf, { ...counts.round, endMonth, months });
    if (compared === undefined) run.notComparable++;
    else run.areas++;
    let isOpen = false;
    for (const task of own) {
      const again =
        counts && windowAgain(counts.countOf, { ...counts.round, from: task.windowFrom, to: task.windowTo });
      if (again === undefined) gone.push({ id: task.id, reason: unreported });
      else if (!isBack(again, share)) gone.push({ id: task.id, reason: corrected });
      else isOpen = true;
    }
    // One question at a time about an area; what was confirmed waits for the second person.
    if (compared === undefined || isOpen || isPending || !isBack(compared, share)) continue;
    const { window, baseline } = compared;
    findings.push({
      areaId: id,
      provinceCode,
      communeCode,
      rule: `${RELAPSE_RULE}; ${months} months; share ${share}`,
      windowFrom: window.from,
      windowTo: window.to,
      windowCount: window.count,
      windowDays: window.days,
      baselineFrom: baseline.from,
      baselineTo: baseline.to,
      baselineCount: baseline.count,
      baselineDays: baseline.days,
    });
  }
  return { runs: [...runs.values()], findings, gone };
}

/** Undefined for an area without a place, without a beginning or without a success. */
function countsForRound(
  { records, categoriesOf }: Material,
  area: AreaRow,
  { begunOn, assessed }: Round,
  endMonth: number,
): { countOf: CountOf; round: { begunOn: string; successOn: string } } | undefined {
  if (area.cells.length === 0 || begunOn === null || assessed?.type !== 'assessed_success') return undefined;
  const firstMonth = Number(begunOn.slice(0, 4)) * 12 + Number(begunOn.slice(5, 7)) - 1 - 12;
  if (firstMonth >= endMonth) return undefined;
  const countOf = countsOf(records, area, categoriesOf(area), { firstMonth, endMonth });
  return { countOf, round: { begunOn, successOn: assessed.on } };
}

function isBack({ window, baseline }: NonNullable<ReturnType<typeof lastWindow>>, share: number): boolean {
  return relapseSignal({
    count: window.count,
    days: window.days,
    baselineCount: baseline.count,
    baselineDays: baseline.days,
    share,
  }).opens;
}
