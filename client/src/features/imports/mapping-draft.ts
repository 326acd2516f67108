import type { ColumnMap, ImportBatch, ImportMapping, IncidentField, RequestOf, remapImport } from '@diemnong/contracts';
import { unclassified } from './category-groups.ts';

/** What a person changed in how a file is read, before it is read again. */
export type MappingDraft = {
  /** Place of the column in the file → its new field; null = not read. */
  columns: ReadonlyMap<number, IncidentField | null>;
  /** Value in the file → category code. */
  categories: Readonly<Record<string, string>>;
  crs: string | undefined;
  sheet: string | undefined;
};

export const emptyDraft: MappingDraft = { columns: new Map(), categories: {}, crs: undefined, sheet: undefined };

type Columns = NonNullable<ImportBatch['reading']>['columns'];
type RemapBody = NonNullable<RequestOf<typeof remapImport>['body']>;

/** The field a column fills, the draft included. */
export function fieldOf(columns: Columns, draft: MappingDraft, at: number): string | null {
  return draft.columns.has(at) ? (draft.columns.get(at) ?? null) : (columns[at]?.field ?? null);
}

/** Give a column a field (null = do not read it). A field has one column: the one that had it before loses it. */
export function assignField(
  columns: Columns,
  draft: MappingDraft,
  at: number,
  field: IncidentField | null,
): MappingDraft {
  const next = new Map(draft.columns);
  const set = (column: number, value: IncidentField | null) => {
    if (value === (columns[column]?.field ?? null)) next.delete(column);
    else next.set(column, value);
  };
  if (field !== null) {
    columns.forEach((_, column) => {
      if (column !== at && fieldOf(columns, draft, column) === field) set(column, null);
    });
  }
  set(at, field);
  return { ...draft, columns: next };
}

/** The category a value is filed under, the draft included; "unclassified" when nobody chose. */
export function categoryOf(mapping: ImportMapping | null, draft: MappingDraft, value: string): string {
  return draft.categories[value] ?? mapping?.categories[value] ?? unclassified;
}

/** Map one value; choosing what already stands takes the change back. */
export function assignCategory(
  mapping: ImportMapping | null,
  draft: MappingDraft,
  value: string,
  code: string,
): MappingDraft {
  const { [value]: _, ...others } = draft.categories;
  const isAsBefore = code === categoryOf(mapping, emptyDraft, value);
  return { ...draft, categories: isAsBefore ? others : { ...others, [value]: code } };
}

/** How many things the draft changes. */
export function countChanges(draft: MappingDraft): number {
  const single = [draft.crs, draft.sheet].filter((value) => value !== undefined).length;
  return draft.columns.size + Object.keys(draft.categories).length + single;
}

/**
 * What to send so that the file is read again as the draft says. Columns are sent whole; a field that lost its column is
 * sent as '', so that it is not recognised by its heading once more. Another sheet has other columns: they are found anew.
 * A category that is taken back is sent as "unclassified", since the office's saved choice would stand otherwise.
 */
export function toRemapBody(batch: Pick<ImportBatch, 'mapping' | 'reading'>, draft: MappingDraft): RemapBody {
  const columns = batch.reading?.columns ?? [];
  const map: ColumnMap = {};
  for (const { field } of columns) if (field !== null) map[field as IncidentField] = '';
  columns.forEach(({ heading }, at) => {
    const field = fieldOf(columns, draft, at);
    if (field !== null) map[field as IncidentField] = heading;
  });
  return {
    mapping: {
      columns: draft.sheet === undefined ? map : {},
      categories: { ...batch.mapping?.categories, ...draft.categories },
    },
    ...(draft.crs === undefined ? {} : { crs: draft.crs }),
    ...(draft.sheet === undefined ? {} : { sheet: draft.sheet }),
  };
}
