/** One field of a record, before and after; undefined = it was not there. */
export type Difference = {
  path: string;
  before: unknown;
  after: unknown;
  kind: 'added' | 'removed' | 'changed' | 'same';
};

/** Two records of the log as fields side by side, nested ones with their path (`counts.rejected`), what changed first. */
export function differencesOf(before: unknown, after: unknown): Difference[] {
  const left = fieldsOf(before);
  const right = fieldsOf(after);
  const found = [...new Set([...left.keys(), ...right.keys()])].map((path): Difference => {
    const values = { path, before: left.get(path), after: right.get(path) };
    if (!right.has(path)) return { ...values, kind: 'removed' };
    if (!left.has(path)) return { ...values, kind: 'added' };
    return { ...values, kind: JSON.stringify(values.before) === JSON.stringify(values.after) ? 'same' : 'changed' };
  });
  return [...found.filter(({ kind }) => kind !== 'same'), ...found.filter(({ kind }) => kind === 'same')];
}

/** Lists are values: their order is part of what they say. */
function fieldsOf(record: unknown, path = ''): Map<string, unknown> {
  if (record === null || record === undefined) return new Map();
  if (typeof record !== 'object' || Array.isArray(record)) return new Map([[path, record]]);
  const parts = Object.entries(record).flatMap(([name, value]) => {
    const inner = path === '' ? name : `${path}.${name}`;
    const isBranch = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isBranch ? [...fieldsOf(value, inner)] : [[inner, value] as [string, unknown]];
  });
  return new Map(parts);
}
