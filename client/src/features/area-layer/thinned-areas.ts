import type { AreaStatus } from '@diemnong/contracts';
import { areaStatusStyles } from '../areas/area-status-style.ts';
import type { PlacedShape } from './area-places.ts';

/** What of the shapes near the window is drawn how, so that ten thousand of them can be read and moved. */
export type ThinnedAreas = {
  /** Too small on screen for an outline: a point each, the gravest status last and so on top. */
  points: readonly PlacedShape[];
  /** As small, but behind the point of a graver one, or of one as grave. */
  covered: readonly PlacedShape[];
  /** The others: face and outline. */
  outlined: readonly PlacedShape[];
  /** Of those: with room for a hatching, for a sign that covers no other one, for a name that covers no other one. */
  hatched: readonly PlacedShape[];
  signed: readonly PlacedShape[];
  named: readonly PlacedShape[];
};

/** Up to this many shapes near the window each has its outline and its sign, however small it is. */
export const fewShapes = 80;
/** Of more: one smaller than this on screen is a point. */
const leastOutlined = 14;
/** Points nearer to each other than this are one to the eye. */
const pointStep = 5;
/** A shape smaller than this on screen has no room for its hatching. */
const leastHatched = 16;
/** Width of a sign with its edge; of more than a few, shapes wider than it have one. */
const signPixels = 24;
/** Names are read from this zoom on. */
const labelZoom = 12;
/** Of more than a few, shapes wider than this have their name: between many narrow ones it would not be plain whose it is. */
const leastNamed = 56;
const namePixels = { perLetter: 7, height: 18 };

/** Pixels of the screen at a whole zoom. */
export function thinOut(near: readonly PlacedShape[], zoom: number): ThinnedAreas {
  const pixelsPerDegree = (512 * 2 ** zoom) / 360;
  const isFew = near.length <= fewShapes;
  const sizes = new Map(
    near.map((one) => [one, Math.max(one.bbox[2] - one.bbox[0], one.bbox[3] - one.bbox[1]) * pixelsPerDegree]),
  );
  const sizeOf = (one: PlacedShape) => sizes.get(one) ?? 0;
  const atLeast = (pixels: number) => near.filter((one) => sizeOf(one) >= pixels);
  const outlined = isFew ? near : atLeast(leastOutlined);
  // The largest take their places first: what is small is seen when one comes closer.
  const wide = atLeast(signPixels).sort((a, b) => sizeOf(b) - sizeOf(a));
  const signed = isFew ? near : withoutOverlaps(wide, pixelsPerDegree, () => [signPixels, signPixels]);
  const isSigned = new Set(signed);
  const named =
    zoom < labelZoom
      ? []
      : withoutOverlaps(
          wide.filter((one) => isSigned.has(one) && (isFew || sizeOf(one) >= leastNamed)),
          pixelsPerDegree,
          ({ shape }) => [shortName(shape.properties.name).length * namePixels.perLetter, namePixels.height],
        );
  const small = isFew ? [] : near.filter((one) => sizeOf(one) < leastOutlined).sort((a, b) => gravity(b) - gravity(a));
  const points = withoutOverlaps(small, pixelsPerDegree, () => [pointStep, pointStep]);
  const isShown = new Set(points);
  return {
    points: points.reverse(),
    covered: small.filter((one) => !isShown.has(one)),
    outlined,
    hatched: atLeast(leastHatched),
    signed,
    named,
  };
}

const tones = ['ok', 'plain', 'busy', 'warn', 'danger'];
function gravity({ shape }: PlacedShape): number {
  return tones.indexOf(areaStatusStyles[shape.properties.status].tone);
}

/** Radius in pixels, and whether it is full: what an outline tells, told by a point. */
export function pointStyle(status: AreaStatus): { radius: number; isFull: boolean } {
  const { outline } = areaStatusStyles[status];
  return { radius: outline === 'double' ? 5 : 3.5, isFull: outline === 'solid' || outline === 'double' };
}

/** Those, in turn, whose box about their northernmost corner touches no box that was taken before. */
function withoutOverlaps(
  placed: readonly PlacedShape[],
  pixelsPerDegree: number,
  sizeOf: (one: PlacedShape) => readonly [width: number, height: number],
): PlacedShape[] {
  // Boxes by the squares they touch: a box is compared with its neighbours only.
  const square = 64;
  const taken = new Map<string, [number, number, number, number][]>();
  return placed.filter((one) => {
    const [width, height] = sizeOf(one);
    const [lng, lat] = one.top;
    const [x, y] = [lng * pixelsPerDegree, (lat * pixelsPerDegree) / Math.cos((lat * Math.PI) / 180)];
    const box = [x - width / 2, y - height / 2, x + width / 2, y + height / 2] as [number, number, number, number];
    const keys: string[] = [];
    for (let column = Math.floor(box[0] / square); column <= Math.floor(box[2] / square); column++)
      for (let row = Math.floor(box[1] / square); row <= Math.floor(box[3] / square); row++)
        keys.push(`${column} ${row}`);
    const isFree = keys.every((key) =>
      (taken.get(key) ?? []).every(
        (other) => box[2] <= other[0] || box[0] >= other[2] || box[3] <= other[1] || box[1] >= other[3],
      ),
    );
    if (isFree) for (const key of keys) taken.set(key, [...(taken.get(key) ?? []), box]);
    return isFree;
  });
}

/** Long names are cut at a word: a label is no sentence. */
export function shortName(name: string): string {
  if (name.length <= 32) return name;
  const cut = name.slice(0, 31);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 16))}…`;
}
