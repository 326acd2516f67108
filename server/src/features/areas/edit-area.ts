import { AppError, type ParsedRequestOf, type patchArea } from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Identity } from '../../access/identity.ts';
import { recordAudit } from '../../access/record-audit.ts';
import { listEvents, stepsInForce } from './area-events-queries.ts';
import { shapeOf } from './area-shape.ts';
import { noSuchArea, refusePersonData } from './area-words.ts';
import { findArea, updateArea } from './areas-queries.ts';
import { replay } from './areas-rules.ts';
import { placeInLog } from './create-area.ts';

/**
 * Change what is said about an area, or where it is: its next revision. A change that changes nothing makes none.
 * Errors: `not_found`; `person_data`; those of a place; `conflict` 'revision' when somebody else changed it meanwhile, 'superseded'
 * for the place of an area that was divided or joined.
 */
export async function editArea(
  transaction: Knex.Transaction,
  identity: Identity,
  areaId: string,
  { revision, reason, place, ...wanted }: ParsedRequestOf<typeof patchArea>['body'],
): Promise<void> {
  const area = await findArea(transaction, areaId, { lock: true });
  if (area === undefined) throw noSuchArea(areaId);
  refusePersonData({ reason, name: wanted.name, description: wanted.description });
  if (revision !== area.revision)
    throw new AppError(
      'conflict',
      `Địa bàn đã được sửa trong lúc này (bản ${area.revision}, đang sửa từ bản ${revision}): hãy tải lại rồi sửa. ` +
        '(Somebody else changed the area meanwhile: load it again.)',
      { details: { reason: 'revision', revision: area.revision } },
    );
  if (place !== undefined) await refuseSuperseded(transaction, areaId);
  const { name, description, types, level } = area;
  const before = { name, description, types, level };
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  const words: typeof before = { ...before, ...given };
  if (place === undefined && JSON.stringify(words) === JSON.stringify(before)) return;
  const shape = place === undefined ? undefined : await shapeOf(transaction, area.provinceCode, place);
  const { accountId, username } = identity;
  await updateArea(transaction, areaId, { words, shape, reason }, { accountId, username });
  await recordAudit(transaction, identity, {
    action: 'area.changed',
    target: `area/${areaId}`,
    before: { revision, ...before, ...placeInLog(area) },
    after: { revision: revision + 1, ...words, ...placeInLog(shape ?? area), reason },
  });
}

/** What is counted for its successors must not move any more. */
async function refuseSuperseded(transaction: Knex.Transaction, areaId: string): Promise<void> {
  const standing = replay(stepsInForce(await listEvents(transaction, [areaId])));
  if ('illegal' in standing || standing.status !== 'superseded') return;
  throw new AppError(
    'conflict',
    'Địa bàn đã tách hoặc nhập: phạm vi không sửa được nữa. (The area was divided or joined; its place stands.)',
    { details: { reason: 'superseded' } },
  );
}
