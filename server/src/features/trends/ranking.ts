import { funnelLimits, shrunkenRates } from '@diemnong/analysis';
import type { CommuneRankingResponse, getCommuneRanking, ParsedRequestOf } from '@diemnong/contracts';
import { firstDayOfMonth } from '../../snapshot/local-days.ts';
import { communesOf, toSelection } from '../../snapshot/selection.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';
import { isReported, monthsTouching } from '../stories/reporting.ts';
import { cutsOf, sumSpans } from './span-sums.ts';
import { countBySpan } from './trends-queries.ts';

const daysPerYear = 365.25;
const peoplePerUnit = 10_000;

/** Communes by rate of the months that they reported. */
export async function rankCommunes(
  source: CountSource,
  query: ParsedRequestOf<typeof getCommuneRanking>['query'],
): Promise<CommuneRankingResponse> {
  const { reference } = source;
  const selection = toSelection(query, reference);
  const { fromDay, toDay: endDay } = selection;
  const months = monthsTouching(fromDay, endDay).map((month) => ({
    month,
    from: Math.max(fromDay, firstDayOfMonth(month)),
    to: Math.min(endDay, firstDayOfMonth(month + 1)),
  }));
  const sums = sumSpans(await countBySpan(source, selection, cutsOf(months)));
  const wanted = selection.communes && new Set(selection.communes);
  const leftOut: CommuneRankingResponse['leftOut'] = [];
  const ranked = communesOf(reference.defaultSet, reference)
    .filter(({ code }) => wanted === undefined || wanted.has(code))
    .flatMap(({ code, fullName, population, areaKm2 }) => {
      const reported = months.filter(({ month }) => isReported([code], month, reference));
      const days = reported.reduce((sum, { from, to }) => sum + to - from, 0);
      const size = query.per === 'area' ? areaKm2 : (population ?? 0) / peoplePerUnit;
      if (days === 0 || size <= 0) {
        const count = sums.of(code, { from: fromDay, to: endDay });
        leftOut.push({ code, name: fullName, reason: days === 0 ? 'not-reported' : 'no-population', count });
        return [];
      }
      return [
        {
          code,
          name: fullName,
          count: reported.reduce((sum, month) => sum + sums.of(code, month), 0),
          exposure: (size * days) / daysPerYear,
          unreportedMonths: months.length - reported.length,
        },
      ];
    });
  const exposures = ranked.map(({ exposure }) => exposure);
  const { overall, tau, rates, rule } = shrunkenRates(
    ranked.map(({ count }) => count),
    exposures,
  );
  return {
    dataVersion: reference.dataVersion,
    from: query.from,
    to: query.to,
    per: query.per,
    rule: `${rule}; reported months only`,
    n: ranked.reduce((sum, { count }) => sum + count, 0),
    overall,
    tau: overall === null ? null : tau,
    communes: ranked
      .map((commune, i) => ({ ...commune, ...rates[i] }))
      .sort((a, b) => b.shrunk - a.shrunk || (a.code < b.code ? -1 : 1)),
    limits:
      overall === null
        ? []
        : funnelLimits(
            overall,
            tau,
            exposures.toSorted((a, b) => a - b),
          ),
    leftOut,
  };
}
