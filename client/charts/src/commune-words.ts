import type { CommuneRankingResponse } from '@diemnong/contracts';
import type { ChartLanguage } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { formatNumber, formatRate } from './formats.ts';

type Commune = CommuneRankingResponse['communes'][number];

/** Units of a ranking's rates and exposures: per people or per area. */
export function communeUnits(
  answer: CommuneRankingResponse,
  language: ChartLanguage,
): { rate: string; short: string; exposure: string } {
  const { communes } = chartWords(language);
  return answer.per === 'area'
    ? { rate: communes.area, short: communes.areaUnit, exposure: communes.areaExposure }
    : { rate: communes.population, short: communes.populationUnit, exposure: communes.populationExposure };
}

/** One commune with its numbers, intervals and what was not reported. */
export function sayCommune(commune: Commune, language: ChartLanguage): string {
  const { communes } = chartWords(language);
  const rate = (value: number) => formatRate(value, language);
  return [
    fill(communes.mark, {
      name: commune.name,
      count: formatNumber(commune.count, language),
      rate: rate(commune.rate),
      low: rate(commune.low),
      high: rate(commune.high),
      shrunk: rate(commune.shrunk),
      shrunkLow: rate(commune.shrunkLow),
      shrunkHigh: rate(commune.shrunkHigh),
    }),
    ...(commune.outside === null ? [] : [communes.outside[commune.outside]]),
    ...(commune.unreportedMonths === 0 ? [] : [fill(communes.unreported, { count: commune.unreportedMonths })]),
  ].join(' · ');
}
