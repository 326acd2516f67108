import type { getTargets, ParsedRequestOf, TargetsResponse } from '@diemnong/contracts';
import type { Identity } from '../../access/identity.ts';
import type { AppContext } from '../../app-context.ts';
import { readTargets } from './read-targets.ts';

/** GET /api/targets. */
export function answerTargets(
  { db }: Pick<AppContext, 'db'>,
  query: ParsedRequestOf<typeof getTargets>['query'],
  { scope }: Identity,
): Promise<TargetsResponse> {
  return db.transaction(scope, (transaction) => readTargets(transaction, query), { snapshot: true });
}
