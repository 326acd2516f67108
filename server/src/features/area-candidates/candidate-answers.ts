import { type AreaCandidate, type AreaType, areaTypes, type H3Res } from '@diemnong/contracts';
import type { Scope } from '../../access/scope.ts';
import { addYears, localDayOf, toDay, toDayNumber } from '../../snapshot/local-days.ts';
import type { CountSource, SnapshotStore } from '../../snapshot/snapshot-store.ts';
import { today } from '../areas/today.ts';
import { findRange } from '../meta/meta-queries.ts';
import {
  type CandidateArea,
  type CandidateDecision,
  listAreasNear,
  listCandidateDecisions,
} from './area-candidates-queries.ts';
import { isMostlyIn } from './joined-cells.ts';
import { type MeasuredCandidate, measureCandidates } from './measured-candidates.ts';

export type CandidatePeriod = { from: string; to: string };

/** The period asked for; default: the 12 months before the day after the last record. */
export async function periodOf(
  source: CountSource,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Promise<CandidatePeriod> {
  if (from !== undefined && to !== undefined) return { from, to };
  const { lastDay } = await findRange(source);
  const end = to === undefined ? (lastDay ?? localDayOf(Date.now())) + 1 : toDayNumber(to);
  return { from: from ?? toDay(addYears(end, -1)), to: toDay(end) };
}

/** Suggestions of one type or of all, with what was said about them and what areas lie there; strongest first within a type. */
export async function tellCandidates(
  store: SnapshotStore,
  scope: Scope,
  source: CountSource,
  asked: CandidatePeriod & { res: H3Res; type: AreaType | undefined },
): Promise<{ measured: MeasuredCandidate; told: AreaCandidate }[]> {
  const { from, to, res } = asked;
  const found: MeasuredCandidate[] = [];
  for (const type of asked.type === undefined ? areaTypes : [asked.type])
    found.push(...(await measureCandidates(store, scope, source, { type, res, from, to })));
  if (found.length === 0) return [];
  const communes = [...new Set(found.flatMap((candidate) => candidate.communes.map(({ code }) => code)))];
  const asOf = today();
  const { decisions, areas } = await source.ask(async (database) => ({
    decisions: (await listCandidateDecisions(database, { res, asOf })).map((decision) => ({
      ...decision,
      set: new Set(decision.cells),
    })),
    areas: await listAreasNear(database, { communes, asOf }),
  }));
  return found
    .map((measured) => ({ measured, told: toCandidate(measured, findDecision(measured, decisions), areas) }))
    .sort((a, b) => compareStrength(a.told, b.told));
}

function compareStrength(a: AreaCandidate, b: AreaCandidate): number {
  return b.confidence - a.confidence || b.count - b.expected - (a.count - a.expected) || (a.key < b.key ? -1 : 1);
}

/** The newest that is of the same type and holds at least half of the cells. */
function findDecision(
  { type, cells }: MeasuredCandidate,
  decisions: readonly (CandidateDecision & { set: ReadonlySet<string> })[],
): CandidateDecision | undefined {
  return decisions.find((decision) => decision.type === type && isMostlyIn(cells, decision.set));
}

function toCandidate(
  { provinceCode: _province, fine, ...candidate }: MeasuredCandidate,
  said: Omit<CandidateDecision, 'cells' | 'res' | 'key' | 'type'> | undefined,
  areas: readonly CandidateArea[],
): AreaCandidate {
  const own = new Set(fine);
  return {
    ...candidate,
    overlaps: areas.flatMap(({ id, name, cells }) => {
      const shared = cells.reduce((sum, cell) => sum + (own.has(cell) ? 1 : 0), 0);
      return shared === 0 ? [] : [{ id, name, share: shared / fine.length }];
    }),
    decision:
      said === undefined
        ? null
        : { decision: said.decision, reason: said.reason, by: said.by, at: said.at.toISOString(), areaId: said.areaId },
  };
}
