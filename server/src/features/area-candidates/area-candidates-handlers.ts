import {
  AppError,
  type AreaCandidate,
  type AreaCandidatesResponse,
  H3Res,
  type listAreaCandidates,
  type ParsedRequestOf,
  type refuseAreaCandidate,
} from '@diemnong/contracts';
import type { Identity } from '../../access/identity.ts';
import { recordAudit } from '../../access/record-audit.ts';
import type { AppContext } from '../../app-context.ts';
import { refusePersonNumber } from '../imports/rows/refuse-person-number.ts';
import { insertCandidateDecision, isDecided, lockCandidateDecisions } from './area-candidates-queries.ts';
import { periodOf, tellCandidates } from './candidate-answers.ts';
import { CANDIDATE_RULE } from './measured-candidates.ts';

/** GET /api/area-candidates. */
export function listCandidates(
  { snapshots }: Pick<AppContext, 'snapshots'>,
  { from, to, type, res, decided }: ParsedRequestOf<typeof listAreaCandidates>['query'],
  { scope }: Identity,
): Promise<AreaCandidatesResponse> {
  return snapshots.read(scope, async (source) => {
    const period = await periodOf(source, { from, to });
    const found = await tellCandidates(snapshots, scope, source, { ...period, type, res: H3Res.parse(res) });
    const candidates = found.map(({ told }) => told);
    return {
      dataVersion: source.reference.dataVersion,
      rule: CANDIDATE_RULE,
      ...period,
      res,
      candidates: decided === '1' ? candidates : candidates.filter(({ decision }) => decision === null),
      refused: candidates.filter(({ decision }) => decision?.decision === 'refused').length,
    };
  });
}

/**
 * POST /api/area-candidates/refuse. Errors: `person_data`; `conflict` when the data no longer make this suggestion, or it was
 * refused already.
 */
export async function refuseCandidate(
  { db, snapshots }: Pick<AppContext, 'db' | 'snapshots'>,
  { key, from, to, res, type, reason }: ParsedRequestOf<typeof refuseAreaCandidate>['body'],
  identity: Identity,
): Promise<AreaCandidate> {
  refusePersonNumber(reason, { vi: 'Lý do', en: 'The reason' });
  const { scope, accountId, username } = identity;
  const list = () =>
    snapshots.read(scope, (source) =>
      tellCandidates(snapshots, scope, source, { from, to, type, res: H3Res.parse(res) }),
    );
  const candidate = (await list()).find(({ measured }) => measured.key === key);
  if (candidate === undefined) throw noSuchCandidate(key);
  const { measured } = candidate;
  await db.transaction(scope, async (transaction) => {
    await lockCandidateDecisions(transaction);
    if (await isDecided(transaction, key))
      throw new AppError('conflict', 'Đề xuất này đã được từ chối. (The suggestion was refused already.)', {
        details: { reason: 'already_refused', key },
      });
    await insertCandidateDecision(transaction, {
      ...measured,
      communeCode: measured.communes[0].code,
      from,
      to,
      res,
      rule: CANDIDATE_RULE,
      decision: 'refused',
      reason,
      areaId: null,
      accountId,
      username,
    });
    await recordAudit(transaction, identity, {
      action: 'area_candidate.refused',
      target: `area_candidate/${key}`,
      after: {
        type,
        from,
        to,
        res,
        cells: measured.cells,
        communes: measured.communes.map(({ code }) => code),
        count: measured.count,
        confidence: measured.confidence,
        reason,
      },
    });
  });
  const after = (await list()).find(({ told }) => told.key === key);
  return after?.told ?? candidate.told;
}

export function noSuchCandidate(key: string): AppError {
  return new AppError(
    'conflict',
    `Số liệu hiện nay không còn cho đề xuất ${key}: hãy tải lại danh sách. (The data as they stand make no such suggestion; load the list again.)`,
    { details: { reason: 'no_such_candidate', key } },
  );
}
