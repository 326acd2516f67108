import { RequestError } from '../../api/request.ts';
import type { Language } from '../../i18n/i18n.ts';
import { saidIn } from '../../i18n/said-in.ts';
import type { FieldName } from './area-draft.ts';

const fields: Readonly<Record<string, FieldName>> = {
  name: 'name',
  description: 'description',
  types: 'types',
  level: 'level',
  place: 'place',
  proposedOn: 'proposedOn',
  reason: 'reason',
  parts: 'place',
};

/**
 * Where a refusal belongs: the fields that the server names, the place for a shape that it cannot take. {} when it concerns none.
 */
export function fieldErrorsOf(error: Error, language: Language): Partial<Record<FieldName, string>> {
  if (!(error instanceof RequestError)) return {};
  const said = saidIn(error.message, language);
  const named = pathsIn(error.details).flatMap((path) =>
    path
      .split('.')
      .flatMap((part) => fields[part] ?? [])
      .slice(0, 1),
  );
  if (named.length > 0) return Object.fromEntries(named.map((name) => [name, said]));
  return error.code === 'unprocessable' ? { place: said } : {};
}

/** `[{path}]` of values that the schema refused, or `{path}`, `{field}` of one. */
function pathsIn(details: unknown): string[] {
  const list: unknown[] = Array.isArray(details) ? details : [details];
  return list.flatMap((one) => {
    const { path, field } = (one ?? {}) as { path?: unknown; field?: unknown };
    return [path, field].filter((value) => typeof value === 'string');
  });
}
