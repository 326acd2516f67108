import type { Knex } from 'knex';
import { makeHistories } from './area-histories.ts';
import { seededRandom } from './seeded-random.ts';

const metresPerDegree = 111_320;

/**
 * Add areas with histories and drawn outlines to the province `provinceCode`: polygons of 5 to 12 corners, 30–300 m across, where
 * its incidents lie, so that they crowd where a town is. Seeded. They have no cells: nothing is counted in them.
 * @returns how many were added.
 */
export async function insertDrawnAreas(
  database: Knex,
  { provinceCode, count, seed, to }: { provinceCode: string; count: number; seed: number; to: string },
): Promise<number> {
  const random = seededRandom(seed);
  const { rows: places } = await database.raw<{ rows: { lng: number; lat: number; commune: string }[] }>(
    `select ST_X(geom) as lng, ST_Y(geom) as lat, commune_code as commune
     from incident
     where province_code = :provinceCode and cell is not null
     order by md5(reference)
     limit :count`,
    { provinceCode, count },
  );
  const communes = [...new Set(places.map(({ commune }) => commune))];
  const { rows } = await database.raw<{ rows: [{ used: number }] }>(
    'select coalesce(max(number), 0)::int as used from area where province_code = :provinceCode',
    { provinceCode },
  );
  const histories = makeHistories({ seed, areas: count, communes, from: '2021-01-04', to, reviews: 0 });
  const placeOf = new Map<string, (typeof places)[number]>();
  const areas = histories.areas.map((area, i) => {
    const place = places[i % places.length];
    if (place === undefined) throw new Error('there are no incidents to draw areas at');
    placeOf.set(area.id, place);
    const ring = ringAround(place, random);
    return {
      ...area,
      province_code: provinceCode,
      commune_code: place.commune,
      commune_codes: [place.commune],
      number: rows[0].used + i + 1,
      geom: database.raw('ST_Multi(ST_SetSRID(ST_GeomFromGeoJSON(?), 4326))', [
        JSON.stringify({ type: 'Polygon', coordinates: [ring] }),
      ]),
      area_m2: areaOf(ring),
    };
  });
  const moved = <Row extends { province_code: string; commune_code: string }>(row: Row, areaId: string): Row => ({
    ...row,
    province_code: provinceCode,
    commune_code: placeOf.get(areaId)?.commune ?? row.commune_code,
  });
  const areaOfEvent = new Map(histories.events.map(({ id, area_id }) => [id, area_id]));
  const events = histories.events.map((event) => moved(event, event.area_id));
  const approvals = histories.approvals.map((row) => moved(row, areaOfEvent.get(row.event_id) ?? ''));
  await database.batchInsert('area', areas, 500);
  await database.batchInsert('area_event', events, 1000);
  await database.batchInsert('area_approval', approvals, 1000);
  await database.raw('analyze area, area_event, area_approval');
  return areas.length;
}

/** A closed ring of [lng, lat] that does not cross itself, around a place up to 150 m from the given one. */
function ringAround(
  { lng, lat }: { lng: number; lat: number },
  random: ReturnType<typeof seededRandom>,
): [number, number][] {
  const degrees = (metres: number) => metres / metresPerDegree;
  const narrowing = Math.cos((lat * Math.PI) / 180);
  const centre = [lng + degrees(random.integer(301) - 150), lat + degrees(random.integer(301) - 150)];
  const radiusM = 15 * 10 ** (random.integer(1001) / 1000); // 15–150 m, the small ones as many as the large
  const corners = 5 + random.integer(8);
  const ring = Array.from({ length: corners }, (_, i): [number, number] => {
    const angle = (2 * Math.PI * i) / corners;
    const reach = degrees(radiusM * (0.6 + random.integer(401) / 1000));
    return [(centre[0] ?? 0) + (reach * Math.cos(angle)) / narrowing, (centre[1] ?? 0) + reach * Math.sin(angle)];
  });
  return [...ring, ring[0] ?? [lng, lat]];
}

/** m², good enough for what is 300 m across. */
function areaOf(ring: readonly [number, number][]): number {
  const narrowing = Math.cos(((ring[0]?.[1] ?? 0) * Math.PI) / 180);
  const doubled = ring.reduce((sum, [x, y], i) => {
    const [x0, y0] = ring[i - 1] ?? [x, y];
    return sum + (x0 * y - x * y0);
  }, 0);
  return (Math.abs(doubled) / 2) * metresPerDegree ** 2 * narrowing;
}
