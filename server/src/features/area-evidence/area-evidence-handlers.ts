import { EVIDENCE_RULE } from '@diemnong/analysis';
import type {
  AreaEvidence,
  getAreaEvidence,
  listReadings,
  ParsedRequestOf,
  ReadingsResponse,
} from '@diemnong/contracts';
import type { Identity } from '../../access/identity.ts';
import type { AppContext } from '../../app-context.ts';
import { readYear } from './area-readings.ts';
import { tellEvidence } from './tell-evidence.ts';

/** GET /api/areas/:id/evidence. */
export function answerEvidence(
  { snapshots }: Pick<AppContext, 'snapshots'>,
  id: string,
  { asOf }: ParsedRequestOf<typeof getAreaEvidence>['query'],
  { scope }: Identity,
): Promise<AreaEvidence> {
  return snapshots.read(scope, (source) => tellEvidence(snapshots, scope, source, { id, asOf }));
}

/** GET /api/targets/readings. */
export function answerReadings(
  { snapshots }: Pick<AppContext, 'snapshots'>,
  query: ParsedRequestOf<typeof listReadings>['query'],
  { scope }: Identity,
): Promise<ReadingsResponse> {
  return snapshots.read(scope, async (source) => ({
    dataVersion: source.reference.dataVersion,
    rule: EVIDENCE_RULE,
    areas: await readYear(snapshots, scope, source, query),
  }));
}
