import type { AreaDetail, AreaPlace, patchArea, RequestOf } from '@diemnong/contracts';
import type { AreaFields } from './area-draft.ts';

type Changes = Omit<NonNullable<RequestOf<typeof patchArea>['body']>, 'revision' | 'reason'>;

/** What differs from the area as it was opened; null when nothing does. */
export function changesOf(
  area: Pick<AreaDetail, 'name' | 'description' | 'types' | 'level'>,
  fields: AreaFields,
  place: AreaPlace | undefined,
): Changes | null {
  const changes: Changes = {
    ...(fields.name.trim() === area.name ? {} : { name: fields.name.trim() }),
    ...(fields.description.trim() === area.description ? {} : { description: fields.description.trim() }),
    ...(fields.types.join() === area.types.join() ? {} : { types: fields.types }),
    ...(fields.level === area.level ? {} : { level: fields.level }),
    ...(place === undefined ? {} : { place }),
  };
  return Object.keys(changes).length === 0 ? null : changes;
}
