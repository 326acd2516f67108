import {
  type AreaFilter,
  type AreaStatus,
  type AreasResponse,
  areaStatuses,
  type listAreas,
  type RequestOf,
} from '@diemnong/contracts';
import type { View } from '../../state/view-search.ts';

export type AreaQuery = NonNullable<RequestOf<typeof listAreas>['query']>;
/** What of the address narrows the areas. */
type AreaView = Pick<View, 'areaYear' | 'areaTypes' | 'areaCommunes' | 'areaLevel' | 'areaText' | 'asOf'>;

/** As many as the server gives at once. */
export const mostAreas = 10_000 satisfies AreaFilter['limit'];

/** The filter as the server takes it. The day is no filter: it says when, not which. */
export function toAreaQuery({ areaYear, areaTypes, areaCommunes, areaLevel, areaText, asOf }: AreaView): AreaQuery {
  return {
    year: areaYear,
    types: areaTypes?.join(','),
    communes: areaCommunes?.join(','),
    level: areaLevel,
    text: areaText,
    asOf,
  };
}

export const noAreaFilter = {
  areaYear: undefined,
  areaTypes: undefined,
  areaCommunes: undefined,
  areaLevel: undefined,
  areaText: undefined,
} satisfies Partial<AreaView>;

/** True when something besides the day leaves areas out. */
export function isFiltered(view: AreaView): boolean {
  return Object.keys(noAreaFilter).some((name) => view[name as keyof typeof noAreaFilter] !== undefined);
}

export type BoardColumn = { status: AreaStatus; count: number; areas: AreasResponse['areas'] };

/** A draft is only seen where one is. */
const boardStatuses = areaStatuses.filter((status) => status !== 'draft');

/** The board: every status in the order of the life cycle with its count; a column without areas stays, narrow. */
export function boardColumns({ statuses, areas }: Pick<AreasResponse, 'statuses' | 'areas'>): BoardColumn[] {
  const counts = new Map(statuses.map(({ status, count }) => [status, count]));
  const shown = (counts.get('draft') ?? 0) > 0 ? areaStatuses : boardStatuses;
  const byStatus = Map.groupBy(areas, ({ status }) => status);
  return shown.map((status) => ({ status, count: counts.get(status) ?? 0, areas: byStatus.get(status) ?? [] }));
}
