import type { CommuneRankingResponse } from '@diemnong/contracts';
import type { Sort } from '../../ui/sort.ts';

/** One commune of the answer with its place by shrunken rate, 1 = highest. */
export type RankedCommune = CommuneRankingResponse['communes'][number] & { rank: number };
export type RankingSort = Sort<'rank' | 'name' | 'count' | 'rate' | 'expected'>;

/** The answer lists communes by shrunken rate. */
export function rankedCommunes({ communes }: CommuneRankingResponse): RankedCommune[] {
  return communes.map((commune, i) => ({ ...commune, rank: i + 1 }));
}

export function sortRanking(rows: readonly RankedCommune[], { by, isDescending }: RankingSort): RankedCommune[] {
  const sign = isDescending ? -1 : 1;
  return rows.toSorted(
    (a, b) => sign * (by === 'name' ? a.name.localeCompare(b.name, 'vi') : a[by] - b[by]) || a.rank - b.rank,
  );
}

/** Names of the communes outside the wide limits on one side, the farthest first. */
export function farOutside({ communes }: CommuneRankingResponse, side: 'high' | 'low'): string[] {
  return communes
    .filter(({ outside }) => outside === `${side}-99.8`)
    .toSorted((a, b) => Math.abs(b.z) - Math.abs(a.z))
    .map(({ name }) => name);
}
