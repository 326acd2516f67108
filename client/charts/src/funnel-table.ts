import type { CommuneRankingResponse } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { rankingTable } from './ranking-table.ts';

/** The funnel and the ranking are two pictures of one table. */
export function funnelTable(answer: CommuneRankingResponse, language: ChartLanguage): ChartTable {
  return rankingTable(answer, language);
}
