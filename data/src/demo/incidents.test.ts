import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { categories } from '../categories.ts';
import { tetDate } from '../lunar.ts';
import { DAY_MS, END_DAY, FIRST_DAY, startOfDay, toLocal } from './calendar.ts';
import { type DemoIncidents, generateDemoIncidents, type IncidentColumns } from './incidents.ts';
import { distance, isInPolygons, toPlane } from './plane.ts';
import { DEMO_SEED, generateDemoProvince } from './province.ts';
import { at } from './random.ts';

const province = generateDemoProvince({ seed: DEMO_SEED });
let incidents: DemoIncidents;
let columns: IncidentColumns;

beforeAll(() => {
  incidents = generateDemoIncidents(province, { seed: DEMO_SEED });
  columns = incidents.columns;
});

function hashOf({ columns: c, corrections }: DemoIncidents): string {
  const hash = createHash('sha256');
  for (const column of [
    c.office,
    c.category,
    c.commune,
    c.precision,
    c.state,
    c.occurredFrom,
    c.occurredTo,
    c.reportedAt,
    c.resolvedAt,
    c.lng,
    c.lat,
    c.serial,
    c.truth,
  ]) {
    hash.update(new Uint8Array(column.buffer));
  }
  return hash.update(JSON.stringify([c.offices, c.categories, c.communeCodes, corrections])).digest('hex');
}

function countWhere(isCounted: (i: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < columns.count; i++) if (isCounted(i)) count++;
  return count;
}
const hasPoint = (i: number) => at(columns.precision, i) <= 1;
const categoryOf = (i: number) => at(columns.categories, at(columns.category, i));
const monthOf = (i: number) => toLocal(at(columns.occurredFrom, i)).isoMonth;

describe('determinism', () => {
  it('generates the same rows from the same seed, byte for byte', () => {
    expect(hashOf(generateDemoIncidents(province, { seed: DEMO_SEED }))).toBe(hashOf(incidents));
  });

  it('generates the rows that were reviewed: change these hashes only on purpose', () => {
    expect(hashOf(incidents)).toBe('08c66692ff36941503191fbd34f250fb3a4dc415dfcffca19fc82a5e45fc753b');
    expect(hashOf(generateDemoIncidents(province, { seed: DEMO_SEED, treated: false }))).toBe(
      'caea0871fe192a29e5c961fabcef59f5aac53a944978022748874cbb2680567e',
    );
  });

  it('adds the records of treated places without changing any other', () => {
    const without = [...generateDemoIncidents(province, { seed: DEMO_SEED, treated: false }).rows()];
    const others = [...incidents.rows()].filter((_, i) => at(columns.treated, i) < 0);
    expect(others).toEqual(without);
    expect(columns.count - others.length).toBeGreaterThan(4000);
  });
});

describe('rows', () => {
  it('number about 150,000 over exactly five years', () => {
    expect(columns.count).toBeGreaterThan(145_000);
    expect(columns.count).toBeLessThan(160_000);
    expect(toLocal(at(columns.occurredFrom, 0)).isoMonth).toBe('2021-11');
    expect(columns.occurredFrom.every((ms) => ms >= startOfDay(FIRST_DAY) && ms < startOfDay(END_DAY))).toBe(true);
    expect(new Set(Array.from({ length: columns.count }, (_, i) => monthOf(i))).size).toBe(60);
  });

  it('stand in order of time with unique references per office', () => {
    const references = new Set<string>();
    for (const row of incidents.rows()) references.add(row.reference);
    expect(columns.occurredFrom.every((ms, i) => i === 0 || ms >= at(columns.occurredFrom, i - 1))).toBe(true);
    expect(references.size).toBe(columns.count);
    expect(incidents.rowAt(0).reference).toBe('MAU-2021-000001');
  });

  it('use only known categories, and 7 to 10% of them have no point', () => {
    const known = new Set(categories.map((category) => category.code));
    for (const code of columns.categories) expect(known.has(code), code).toBe(true);
    const share = countWhere((i) => !hasPoint(i)) / columns.count;
    expect(share).toBeGreaterThan(0.07);
    expect(share).toBeLessThan(0.1);
  });

  it('have a point exactly when the precision says so, inside their commune', () => {
    const { features } = at(province.boundarySets, 0).communes;
    const shapes = new Map(features.map(({ geometry, properties }) => [properties.code, geometry.coordinates]));
    const misplaced = countWhere((i) => {
      const [lng, lat] = [at(columns.lng, i), at(columns.lat, i)];
      if (!hasPoint(i)) return !(Number.isNaN(lng) && Number.isNaN(lat));
      return !isInPolygons(lng, lat, shapes.get(at(columns.communeCodes, at(columns.commune, i))) ?? []);
    });
    expect(misplaced).toBe(0);
  });

  it('lie on land, never in the sea, a river or a lake', () => {
    const water = province.water.features.map(({ geometry }) => {
      const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
      const outer = polygons.flatMap((rings) => rings[0] ?? []);
      const lngs = outer.map((v) => v[0]);
      const lats = outer.map((v) => v[1]);
      return {
        polygons,
        west: Math.min(...lngs),
        east: Math.max(...lngs),
        south: Math.min(...lats),
        north: Math.max(...lats),
      };
    });
    let wet = 0;
    // Every seventh row keeps the test quick and still covers 20,000 points of every kind.
    for (let i = 0; i < columns.count; i += 7) {
      if (!hasPoint(i)) continue;
      const [lng, lat] = [at(columns.lng, i), at(columns.lat, i)];
      if (
        water.some(
          (w) => lng > w.west && lng < w.east && lat > w.south && lat < w.north && isInPolygons(lng, lat, w.polygons),
        )
      )
        wet++;
    }
    expect(wet).toBe(0);
  });

  it('keep their times in order: occurred, found, reported, resolved', () => {
    const wrong = countWhere((i) => {
      const [from, to, reported, resolved] = [
        at(columns.occurredFrom, i),
        at(columns.occurredTo, i),
        at(columns.reportedAt, i),
        at(columns.resolvedAt, i),
      ];
      return to <= from || reported < from || reported < to || resolved < reported;
    });
    expect(wrong).toBe(0);
    expect(countWhere((i) => !Number.isNaN(at(columns.occurredTo, i))) / columns.count).toBeGreaterThan(0.1);
    expect(countWhere((i) => at(columns.state, i) === 2 && Number.isNaN(at(columns.resolvedAt, i)))).toBe(0);
  });

  it('leave every unreported month of a commune empty', () => {
    expect(province.unreportedMonths.length).toBe(36);
    const silent = new Set(province.unreportedMonths.map(({ communeCode, month }) => `${communeCode} ${month}`));
    expect(countWhere((i) => silent.has(`${at(columns.communeCodes, at(columns.commune, i))} ${monthOf(i)}`))).toBe(0);
  });
});

describe('rhythms', () => {
  /** Incidents per day of some categories, by whether the day lies in the week of Tết. */
  function perDay(codes: readonly string[]): { tet: number; usual: number } {
    const tets = [2022, 2023, 2024, 2025, 2026].map((year) => startOfDay(tetDate(year)));
    const isTet = (ms: number) => tets.some((tet) => ms >= tet && ms < tet + 6 * DAY_MS);
    const tet = countWhere(
      (i) => codes.includes(categoryOf(i)) && at(columns.truth, i) < 0 && isTet(at(columns.occurredFrom, i)),
    );
    const all = countWhere((i) => codes.includes(categoryOf(i)) && at(columns.truth, i) < 0);
    return { tet: tet / 30, usual: (all - tet) / (1826 - 30) };
  }

  it('show gambling at least doubled and offices nearly silent in the week of Tết', () => {
    const gambling = perDay(['gambling_play', 'gambling_organised']);
    expect(gambling.tet / gambling.usual).toBeGreaterThan(2);
    const disputes = perDay(['dispute_land', 'dispute_clearance']);
    expect(disputes.tet / disputes.usual).toBeLessThan(0.4);
  });

  it('show burglary by night, land disputes by day, disturbances at weekends', () => {
    const share = (code: string, isCounted: (local: ReturnType<typeof toLocal>) => boolean) =>
      countWhere((i) => categoryOf(i) === code && isCounted(toLocal(at(columns.occurredFrom, i)))) /
      countWhere((i) => categoryOf(i) === code);
    expect(share('theft_burglary', ({ hour }) => hour >= 22 || hour < 5)).toBeGreaterThan(0.55);
    expect(share('dispute_land', ({ hour }) => hour >= 7 && hour < 18)).toBeGreaterThan(0.8);
    expect(share('disturbance', ({ weekday }) => weekday >= 4)).toBeGreaterThan(0.46);
  });
});

describe('truth', () => {
  it('holds every kind of cluster, and as many added rows as it says', () => {
    expect(new Set(province.truth.map((cluster) => cluster.kind)).size).toBe(6);
    province.truth.forEach((cluster, t) => {
      expect(
        countWhere((i) => at(columns.truth, i) === t),
        cluster.id,
      ).toBe(cluster.extraIncidents);
      expect(cluster.monthly.reduce((sum, { extra }) => sum + extra, 0)).toBe(cluster.extraIncidents);
    });
  });

  it('keeps added points inside the circle of their month and category', () => {
    const wrong = countWhere((i) => {
      const t = at(columns.truth, i);
      if (t < 0 || !hasPoint(i)) return false;
      const cluster = at(province.truth, t);
      const centre = cluster.centres.find(({ fromMonth, toMonth }) => fromMonth <= monthOf(i) && monthOf(i) <= toMonth);
      if (!centre || !cluster.categories.includes(categoryOf(i))) return true;
      return distance(toPlane(centre.lngLat), toPlane([at(columns.lng, i), at(columns.lat, i)])) > cluster.radiusM;
    });
    expect(wrong).toBe(0);
  });

  it('stands out: inside a circle its categories are at least three times as dense as in the ring around it', () => {
    for (const cluster of province.truth) {
      for (const { lngLat, fromMonth, toMonth } of cluster.centres) {
        const centre = toPlane(lngLat);
        let inside = 0;
        let ring = 0;
        for (let i = 0; i < columns.count; i++) {
          if (!hasPoint(i) || !cluster.categories.includes(categoryOf(i))) continue;
          const away = distance(centre, toPlane([at(columns.lng, i), at(columns.lat, i)])) / cluster.radiusM;
          if (away > 3 || monthOf(i) < fromMonth || monthOf(i) > toMonth) continue;
          if (away <= 1) inside++;
          else ring++;
        }
        // The ring from one to three radii has eight times the area of the circle.
        expect(inside / (ring / 8 + 0.5), cluster.id).toBeGreaterThan(3);
      }
    }
  });

  it('rises where it emerges, falls where it fades, comes back where it relapses', () => {
    const between = (id: string, from: string, to: string) =>
      province.truth
        .find((cluster) => cluster.id === id)
        ?.monthly.filter(({ month }) => month >= from && month <= to)
        .reduce((sum, { extra }) => sum + extra, 0) ?? 0;
    expect(between('moi-noi-trom-xe', '2021-11', '2026-02')).toBe(0);
    expect(between('moi-noi-trom-xe', '2026-07', '2026-10')).toBeGreaterThan(
      between('moi-noi-trom-xe', '2026-03', '2026-06'),
    );
    expect(between('giam-ma-tuy-noi-thi', '2024-01', '2024-12')).toBeLessThan(
      between('giam-ma-tuy-noi-thi', '2022-01', '2022-12') / 2,
    );
    const [high, low, again] = [
      ['2022-01', '2022-12'],
      ['2024-01', '2024-12'],
      ['2025-11', '2026-10'],
    ].map(([from = '', to = '']) => between('tai-phat-quan-karaoke', from, to));
    expect(low).toBeLessThan((high ?? 0) / 3);
    expect(again).toBeGreaterThan((low ?? 0) * 3);
  });
});

describe('treated places', () => {
  it('hold as many added rows as they say, of their categories, inside their circle', () => {
    province.treated.forEach((place, t) => {
      expect(
        countWhere((i) => at(columns.treated, i) === t),
        place.id,
      ).toBe(place.extraIncidents);
    });
    const wrong = countWhere((i) => {
      const t = at(columns.treated, i);
      if (t < 0) return false;
      const { centres, categories: codes, radiusM } = at(province.treated, t);
      if (at(columns.truth, i) >= 0 || !codes.includes(categoryOf(i))) return true;
      const away = distance(toPlane(at(centres, 0).lngLat), toPlane([at(columns.lng, i), at(columns.lat, i)]));
      return hasPoint(i) && away > radiusM;
    });
    expect(wrong).toBe(0);
  });

  it('lie apart from the clusters that tests of hot spots look for, in communes that reported every month', () => {
    const silent = new Set(province.unreportedMonths.map(({ communeCode }) => communeCode));
    for (const { id, centres } of province.treated) {
      const { lngLat } = at(centres, 0);
      const commune = province.groundwork.communes[province.groundwork.findCommune(...lngLat)];
      expect(commune !== undefined && !silent.has(commune.code), id).toBe(true);
      for (const cluster of province.truth)
        for (const centre of cluster.centres)
          expect(distance(toPlane(lngLat), toPlane(centre.lngLat)), `${id} ${cluster.id}`).toBeGreaterThan(1500);
    }
  });
});

describe('corrections', () => {
  it('send one month of one office again, with a few rows changed, removed and added', () => {
    const correction = at(incidents.corrections, 0);
    const original = [...incidents.rows()].filter(
      (row) => row.office === correction.office && toLocal(row.occurredFrom).isoMonth === correction.month,
    );
    const before = new Map(original.map((row) => [row.reference, JSON.stringify(row)]));
    const after = new Map(correction.rows.map((row) => [row.reference, JSON.stringify(row)]));
    expect([...before.keys()].filter((reference) => !after.has(reference)).sort()).toEqual(correction.removed);
    expect([...after.keys()].filter((reference) => !before.has(reference)).sort()).toEqual(correction.added);
    expect(
      [...after]
        .filter(([reference, row]) => before.has(reference) && before.get(reference) !== row)
        .map(([reference]) => reference)
        .sort(),
    ).toEqual(correction.changed);
    expect(correction.changed).toHaveLength(8);
  });
});
