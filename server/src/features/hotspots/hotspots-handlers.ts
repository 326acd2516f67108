import {
  AppError,
  type getHotspotStory,
  H3Res,
  type HotspotStory,
  type HotspotsQuery,
  type HotspotsResponse,
  type ParsedRequestOf,
} from '@diemnong/contracts';
import { getResolution, isValidCell } from 'h3-js';
import type { AppContext } from '../../app-context.ts';
import type { SignedInContext } from '../../http/serve.ts';
import { toResponse } from './hotspots-answers.ts';
import { tellCell } from './hotspots-story.ts';
import { measureHotspots } from './measured-hotspots.ts';

/** Hot and cold cells of the grid, and the labels that their months make. */
export function listHotspots(
  { snapshots }: AppContext,
  query: HotspotsQuery,
  { identity }: SignedInContext,
): Promise<HotspotsResponse> {
  return snapshots.read(identity.scope, async (source) =>
    toResponse(await measureHotspots(snapshots, identity.scope, source, query), query),
  );
}

/** Why one cell is hot, cold or neither, from the statistic that the map shows. */
export function tellHotspotStory(
  { snapshots }: AppContext,
  cell: string,
  query: ParsedRequestOf<typeof getHotspotStory>['query'],
  { identity }: SignedInContext,
): Promise<HotspotStory> {
  const res = H3Res.safeParse(isValidCell(cell) ? getResolution(cell) : undefined);
  if (!res.success) throw new AppError('invalid_input', `"${cell}" is not an H3 cell of resolution 7, 8, 9 or 10`);
  return snapshots.read(identity.scope, async (source) => {
    const statistic = await measureHotspots(snapshots, identity.scope, source, { ...query, res: res.data });
    const { measure, from, to } = query;
    const story = tellCell(statistic, cell, { measure, reference: source.reference });
    return { ...story, res: res.data, from, to, measure };
  });
}
