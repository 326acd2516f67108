import type { LngLat } from '@diemnong/analysis';

export interface EvenSample {
  add(lng: number, lat: number): void;
  positions(): LngLat[];
}

/** At most `limit` positions of a stream of unknown length, every n-th of them, to six decimals (0.1 m). */
export function createEvenSample(limit: number): EvenSample {
  let kept: LngLat[] = [];
  let seen = 0;
  let stride = 1;
  return {
    add(lng, lat) {
      if (seen++ % stride !== 0) return;
      kept.push([Math.round(lng * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6]);
      if (kept.length <= limit) return;
      kept = kept.filter((_, at) => at % 2 === 0);
      stride *= 2;
    },
    positions: () => kept,
  };
}
