import type { AreaStatus } from '@diemnong/contracts';
import type { AreaGroupName } from '../../state/view-search.ts';

/** Statuses of each part of the life cycle. A draft has no step in force, so it stands in none and is not drawn. */
const groups: Record<Exclude<AreaGroupName, 'open'>, readonly AreaStatus[]> = {
  proposed: ['proposed'],
  current: ['listed', 'transforming', 'assessed_not_yet', 'relapsed'],
  watched: ['assessed_success', 'removed', 'watched'],
  over: ['closed', 'rejected', 'superseded'],
};
export const areaGroups = [
  'open',
  'proposed',
  'current',
  'watched',
  'over',
] as const satisfies readonly AreaGroupName[];

/** Statuses that a choice draws, in the order of the life cycle; `open` = all that are not over. */
export function statusesOf(group: AreaGroupName): readonly AreaStatus[] {
  return group === 'open' ? [...groups.proposed, ...groups.current, ...groups.watched] : groups[group];
}
