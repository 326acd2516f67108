import { round } from './plot.ts';
import { textWidth } from './text-width.ts';

type Wanted = { id: string; text: string; x: number; y: number };
type Placed = { id: string; text: string; x: number; y: number; anchor: 'start' | 'end' | 'middle' };
type Box = { left: number; right: number; top: number; bottom: number };

/**
 * Names beside their points, in the order given: right, left, above or below, wherever nothing is covered. A name that
 * fits nowhere is left out; the point keeps its tooltip and its row in the table.
 */
export function placeLabels(
  wanted: readonly Wanted[],
  points: readonly { x: number; y: number }[],
  frame: Box,
  fontSize: number,
): Placed[] {
  const taken: Box[] = points.map(({ x, y }) => ({ left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 }));
  const placed: Placed[] = [];
  for (const { id, text, x, y } of wanted) {
    const width = textWidth(text, fontSize);
    const tries: Placed[] = [
      { id, text, x: x + 10, y: y + fontSize * 0.35, anchor: 'start' },
      { id, text, x: x - 10, y: y + fontSize * 0.35, anchor: 'end' },
      { id, text, x, y: y - 11, anchor: 'middle' },
      { id, text, x, y: y + 11 + fontSize * 0.8, anchor: 'middle' },
    ];
    for (const attempt of tries) {
      const left =
        attempt.anchor === 'start' ? attempt.x : attempt.anchor === 'end' ? attempt.x - width : attempt.x - width / 2;
      const box = { left, right: left + width, top: attempt.y - fontSize, bottom: attempt.y + fontSize * 0.25 };
      const isInside =
        box.left >= frame.left &&
        box.right <= frame.right &&
        box.top >= frame.top - fontSize &&
        box.bottom <= frame.bottom;
      if (!isInside || taken.some((other) => touch(box, other))) continue;
      taken.push(box);
      placed.push({ ...attempt, x: round(attempt.x), y: round(attempt.y) });
      break;
    }
  }
  return placed;
}

function touch(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
