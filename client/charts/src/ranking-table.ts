import type { CommuneRankingResponse } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { communeUnits } from './commune-words.ts';

export function rankingTable(answer: CommuneRankingResponse, language: ChartLanguage): ChartTable {
  const words = chartWords(language);
  const { column } = words;
  const units = communeUnits(answer, language);
  return {
    columns: [
      { key: 'rank', label: column.rank, kind: 'number' },
      { key: 'code', label: column.code, kind: 'text' },
      { key: 'name', label: column.commune, kind: 'text' },
      { key: 'count', label: column.count, kind: 'number' },
      { key: 'exposure', label: fill(column.exposure, { unit: units.exposure }), kind: 'decimal' },
      { key: 'expected', label: column.expected, kind: 'decimal' },
      { key: 'rate', label: fill(column.rate, { unit: units.short }), kind: 'decimal' },
      { key: 'low', label: column.rateLow, kind: 'decimal' },
      { key: 'high', label: column.rateHigh, kind: 'decimal' },
      { key: 'shrunk', label: column.shrunk, kind: 'decimal' },
      { key: 'shrunkLow', label: column.shrunkLow, kind: 'decimal' },
      { key: 'shrunkHigh', label: column.shrunkHigh, kind: 'decimal' },
      { key: 'z', label: column.z, kind: 'decimal' },
      { key: 'p', label: column.p, kind: 'decimal' },
      { key: 'q', label: column.q, kind: 'decimal' },
      { key: 'outside', label: column.outside, kind: 'text' },
      { key: 'unreportedMonths', label: column.unreportedMonths, kind: 'number' },
    ],
    rows: [
      ...answer.communes.map((commune, i) => [
        i + 1,
        commune.code,
        commune.name,
        commune.count,
        commune.exposure,
        commune.expected,
        commune.rate,
        commune.low,
        commune.high,
        commune.shrunk,
        commune.shrunkLow,
        commune.shrunkHigh,
        commune.z,
        commune.p,
        commune.q,
        commune.outside === null ? null : words.communes.outside[commune.outside],
        commune.unreportedMonths,
      ]),
      ...answer.leftOut.map(({ code, name, count, reason }) => [
        null,
        code,
        name,
        count,
        ...Array.from({ length: 11 }, () => null),
        words.communes.leftOut[reason],
        null,
      ]),
    ],
  };
}
