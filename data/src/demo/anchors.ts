/** The spots of each commune where incidents of a kind may fall: along its roads, around its seat, on its river banks. */
import { distance, type LngLat, lineLength, type Point, resample, toLngLat } from './plane.ts';
import type { Groundwork } from './province.ts';
import { at, createRandom, runningSumsOf } from './random.ts';
import type { Spot } from './rhythms.ts';
import type { RoadClass } from './roads.ts';

export type Anchors = { places: Point[]; sums: Float64Array };

const WEIGHT: Record<Exclude<Spot, 'bank'>, Record<RoadClass, number>> = {
  street: { do_thi: 3, quoc_lo: 2, tinh: 1.8, huyen: 1.4, lien_xa: 0.8, lien_thon: 0.35 },
  home: { do_thi: 2, quoc_lo: 0.7, tinh: 0.8, huyen: 1, lien_xa: 1.3, lien_thon: 1.3 },
  highway: { do_thi: 0.5, quoc_lo: 5, tinh: 3, huyen: 1.6, lien_xa: 0.5, lien_thon: 0.1 },
};
const SPOTS: readonly Spot[] = ['street', 'home', 'highway', 'bank'];
/** Far enough from water that a point scattered a few metres stays dry. */
const MARGIN_M = 12;

/** @returns per commune (order of the groundwork) the anchors of each kind of spot; never empty. */
export function createAnchors(ground: Groundwork, seed: number): Record<Spot, Anchors>[] {
  const random = createRandom(seed, 'anchors');
  const found = ground.communes.map(() => ({
    places: [] as Point[],
    weights: { street: [], home: [], highway: [], bank: [] } as Record<Spot, number[]>,
  }));
  const add = (p: Point, weigh: (spot: Spot) => number) => {
    const [lng, lat]: LngLat = toLngLat(p);
    const index = ground.findCommune(lng, lat);
    if (index < 0 || ground.isWet(p, MARGIN_M)) return;
    const list = at(found, index);
    list.places.push(p);
    for (const spot of SPOTS) list.weights[spot].push(weigh(spot));
  };
  for (const road of ground.roads) {
    for (const p of resample(road.line, Math.min(90, lineLength(road.line)))) {
      const index = ground.findCommune(...toLngLat(p));
      if (index < 0) continue;
      const { seat } = at(ground.communes, index);
      const pull = 1 + 3 * Math.exp(-distance(p, seat) / 600);
      const uneven = Math.exp(random.normal() * 0.55);
      add(p, (spot) => (spot === 'bank' ? 0 : WEIGHT[spot][road.class] * uneven * (spot === 'highway' ? 1 : pull)));
    }
  }
  for (const river of ground.landscape.rivers) {
    river.line.forEach((p, i) => {
      const next = river.line[i + 1];
      if (!next) return;
      const length = distance(p, next) || 1;
      for (const side of [1, -1]) {
        const away = (at(river.widthM, i) / 2 + 25) * side;
        add([p[0] - ((next[1] - p[1]) / length) * away, p[1] + ((next[0] - p[0]) / length) * away], (spot) =>
          spot === 'bank' ? 1 : 0,
        );
      }
    });
  }
  return found.map(({ places, weights }, i) => {
    if (places.length === 0) throw new Error(`commune ${at(ground.communes, i).code} has no road`);
    const anchorsFor = (spot: Spot): Anchors => {
      const hasAny = weights[spot].some((weight) => weight > 0);
      return { places, sums: runningSumsOf(weights[hasAny ? spot : 'home']) };
    };
    return {
      street: anchorsFor('street'),
      home: anchorsFor('home'),
      highway: anchorsFor('highway'),
      bank: anchorsFor('bank'),
    };
  });
}
