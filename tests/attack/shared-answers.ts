import {
  getCommuneCounts,
  getCommuneStory,
  getHexes,
  getHexStory,
  getMeta,
  getTrends,
  type ResponseOf,
  type Story,
} from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { TestVisitor } from '../support/test-app.ts';

/**
 * A number that was asked for, as a sum of atoms: `x` month × group, `y` group × commune, `z` commune × hexagon ('' = known
 * only to the commune), each of one year. `shown` is what the answer said; null = hidden.
 */
export type Statement = { name: string; atoms: string[]; years: number[]; shown: number | null };

/** What is counted: lists, or everything when absent. */
type Asked = { months?: number[]; groups?: string[]; communes?: string[]; cell?: string; isInCells?: boolean };

/** Every record that is published, counted by plain SQL; and all that a reader can know of how it is cut up. */
export type Truth = {
  years: number[];
  /** Those of which more than the totals of months is published. */
  completeYears: number[];
  /** The month after the last one published (12 · year + month). */
  end: number;
  groups: string[];
  communes: string[];
  /** Commune and hexagon of each part that ever held a record. */
  parts: { commune: string; cell: string }[];
  counts: Map<string, number>;
  /** All the ways a number can be written as a sum of atoms. */
  atomsOf(years: readonly number[], asked: Asked): string[][];
};

export async function readTruth(owner: Knex): Promise<Truth> {
  const { rows } = await owner.raw<{
    rows: { month: number; category: string; commune: string; cell: string | null; n: number }[];
  }>(
    `select extract(year from local)::int * 12 + extract(month from local)::int - 1 as month, coalesce(category.parent, category.code, '') as category,
            coalesce(commune.code, '') as commune, to_hex(cell_8) as cell, count(*)::int as n
     from incident
     cross join lateral (select occurred_from at time zone 'Asia/Ho_Chi_Minh' as local) as clock
     left join category on category.code = incident.category
     left join boundary_set on is_default
     left join commune on commune.code = incident.commune_code and commune.boundary_set_id = boundary_set.id
     group by 1, 2, 3, 4`,
  );
  const end = Math.max(...rows.map(({ month }) => month));
  const published = rows.filter(({ month }) => month < end);
  const firstYear = Math.floor(Math.min(...published.map(({ month }) => month)) / 12);
  const years = Array.from({ length: Math.ceil(end / 12) - firstYear }, (_, i) => firstYear + i);
  const groups = [...(await owner('category').whereNull('parent').orderBy('position').pluck<string[]>('code')), ''];
  const communes = [
    ...new Set([...published.map(({ commune }) => commune), ...(await defaultCommunes(owner)), '']),
  ].sort();
  const counts = new Map<string, number>();
  const parts = new Map<string, { commune: string; cell: string }>();
  for (const { month, category, commune, cell, n } of published) {
    const year = Math.floor(month / 12);
    parts.set(`${commune} ${cell ?? ''}`, { commune, cell: cell ?? '' });
    for (const atom of [x(month, category), y(year, category, commune), z(year, commune, cell ?? '')])
      counts.set(atom, (counts.get(atom) ?? 0) + n);
  }
  const atomsOf: Truth['atomsOf'] = (years, { months, groups: some, communes: places, cell, isInCells }) => {
    const isPart = cell !== undefined || isInCells !== undefined;
    const monthsOf = (year: number) => Array.from({ length: Math.min(12, end - 12 * year) }, (_, i) => 12 * year + i);
    const ways: string[][] = [];
    if (places === undefined && !isPart)
      ways.push(
        (months ?? years.flatMap(monthsOf)).flatMap((month) => (some ?? groups).map((group) => x(month, group))),
      );
    if (months === undefined && !isPart)
      ways.push(
        years.flatMap((year) =>
          (some ?? groups).flatMap((group) => (places ?? communes).map((place) => y(year, group, place))),
        ),
      );
    if (months === undefined && some === undefined)
      ways.push(
        years.flatMap((year) =>
          [...parts.values()]
            .filter((part) => places === undefined || places.includes(part.commune))
            .filter((part) => cell === undefined || part.cell === cell)
            .filter((part) => isInCells === undefined || isInCells === (part.cell !== ''))
            .map((part) => z(year, part.commune, part.cell)),
        ),
      );
    return ways.filter((atoms) => atoms.length > 0);
  };
  const completeYears = years.filter((year) => 12 * (year + 1) <= end);
  return { years, completeYears, end, groups, communes, parts: [...parts.values()], counts, atomsOf };
}

const x = (month: number, group: string) => `x|${Math.floor(month / 12)}|${month % 12}|${group}`;
const y = (year: number, group: string, commune: string) => `y|${year}|${group}|${commune}`;
const z = (year: number, commune: string, cell: string) => `z|${year}|${commune}|${cell}`;

function defaultCommunes(owner: Knex): Promise<string[]> {
  return owner('commune')
    .join('boundary_set', 'boundary_set.id', 'boundary_set_id')
    .where({ is_default: true })
    .pluck('commune.code');
}

export function sumOf(atoms: readonly string[], { counts }: Truth): number {
  return atoms.reduce((sum, atom) => sum + (counts.get(atom) ?? 0), 0);
}

/** Ask everything a viewer can ask, and write down every number of every answer. */
export async function collectStatements(viewer: TestVisitor, truth: Truth): Promise<Statement[]> {
  const statements: Statement[] = [];
  const { years, completeYears, groups, communes } = truth;
  const note = (name: string, wanted: readonly number[], asked: Asked, shown: number | null) => {
    for (const atoms of truth.atomsOf(wanted, asked)) statements.push({ name, atoms, years: [...wanted], shown });
  };
  const ask = async <Body>(path: string, endpoint: Parameters<TestVisitor['get']>[1]): Promise<Body> => {
    const { status, body } = await viewer.get<Body>(path, endpoint);
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  const places = communes.filter((code) => code !== '');
  const tree = groups.filter((code) => code !== '');
  const choices = [undefined, ...tree.map((group) => [group]), ...tree.slice(1).map((group, i) => [tree[i], group])];
  const windows = completeYears.flatMap((_first, i) =>
    completeYears.slice(i).map((_, length) => completeYears.slice(i, i + length + 1)),
  );

  const meta = await ask<ResponseOf<typeof getMeta>>('/api/meta', getMeta);
  note('meta', years, {}, meta.incidentCount);
  for (const window of windows) {
    const period = `from=${window[0]}-01-01&to=${window[window.length - 1] + 1}-01-01`;
    const before = window.map((year) => year - 1);
    for (const some of choices) {
      const asked = some === undefined ? {} : { groups: some };
      const filter = some === undefined ? '' : `&categories=${some.join(',')}`;
      const name = `${period}${filter}`;
      const counted = await ask<ResponseOf<typeof getCommuneCounts>>(`/api/communes/counts?${name}`, getCommuneCounts);
      note(`communes ${name}`, window, asked, counted.total);
      note(`unplaced ${name}`, window, { ...asked, communes: [''] }, counted.unplaced);
      if (some === undefined) {
        note(`in cells ${name}`, window, { isInCells: true }, counted.inCells);
        note(`commune only ${name}`, window, { isInCells: false }, counted.communeOnly);
      }
      for (const { code, count, inCells, communeOnly, previous } of counted.communes) {
        note(`${code} ${name}`, window, { ...asked, communes: [code] }, count);
        note(`${code} before ${name}`, before, { ...asked, communes: [code] }, previous);
        if (some !== undefined) continue;
        note(`${code} in cells ${name}`, window, { communes: [code], isInCells: true }, inCells);
        note(`${code} commune only ${name}`, window, { communes: [code], cell: '' }, communeOnly);
      }
    }
    const hexes = await ask<ResponseOf<typeof getHexes>>(`/api/hexes?res=8&${period}`, getHexes);
    note(`hexes ${period}`, window, {}, hexes.total);
    note(`hexes in cells ${period}`, window, { isInCells: true }, hexes.inCells);
    const countOf = new Map(hexes.cells.map((cell, i) => [cell, hexes.counts[i]]));
    for (const cell of new Set(truth.parts.map((part) => part.cell)))
      if (cell !== '') note(`${cell} ${period}`, window, { cell }, countOf.get(cell) ?? null);
    for (const code of places) {
      const story = await ask<Story>(`/api/communes/${code}?${period}`, getCommuneStory);
      note(`story ${code} ${period}`, window, { communes: [code] }, story.count);
      for (const { code: group, count } of story.categories ?? [])
        note(`story ${code} ${group} ${period}`, window, { communes: [code], groups: [group] }, count);
    }
  }
  for (const cell of [...new Set(truth.parts.map((part) => part.cell))].filter((cell) => cell !== ''))
    for (const year of completeYears) {
      const story = await ask<Story>(`/api/hexes/${cell}?from=${year}-01-01&to=${year + 1}-01-01`, getHexStory);
      note(`story ${cell} ${year}`, [year], { cell }, story.count);
      note(`story ${cell} before ${year}`, [year - 1], { cell }, story.previous);
    }
  for (const by of ['month', 'quarter', 'year'] as const)
    for (const some of choices) {
      const filter = some === undefined ? '' : `&categories=${some.join(',')}`;
      const path = `/api/trends?by=${by}&from=${years[0]}-01-01&to=${years[years.length - 1] + 1}-01-01${filter}`;
      const { periods } = await ask<ResponseOf<typeof getTrends>>(path, getTrends);
      for (const { from, to, count, previousYear } of periods) {
        const months = monthsOf(from, to);
        const asked = some === undefined ? {} : { groups: some };
        const year = Math.floor(months[0] / 12);
        note(`${by} ${from} ${filter}`, [year], { ...asked, months }, count);
        const yearBefore = months.map((month) => month - 12);
        note(`${by} before ${from} ${filter}`, [year - 1], { ...asked, months: yearBefore }, previousYear);
        if (months.length === Math.min(12, truth.end - 12 * year))
          note(`${by} ${from} ${filter}`, [year], asked, count);
      }
    }
  // Years before the first record hold nothing; no atoms stand for them.
  return statements.filter((statement) => statement.years.every((year) => years.includes(year)));
}

function monthsOf(from: string, to: string): number[] {
  const number = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  return Array.from({ length: number(to) - number(from) }, (_, i) => number(from) + i);
}
