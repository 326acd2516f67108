import type { AreaListRow } from '@diemnong/contracts';

export type ListWork = AreaListRow['does'];
export const listWorks = ['new', 'carried', 'known'] as const satisfies readonly ListWork[];

/** How many rows do what. */
export function worksOf(rows: readonly Pick<AreaListRow, 'does'>[]): Record<ListWork, number> {
  const counts = { new: 0, carried: 0, known: 0 };
  for (const { does } of rows) counts[does]++;
  return counts;
}
