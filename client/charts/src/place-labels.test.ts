import { expect, test } from 'vitest';
import { spreadApart } from './EndLabels.tsx';
import { placeLabels } from './place-labels.ts';
import { textWidth } from './text-width.ts';

const frame = { left: 0, right: 300, top: 0, bottom: 200 };

test('names that would cover each other move aside or are left out, never overlap', () => {
  const points = Array.from({ length: 40 }, (_, i) => ({
    id: String(i),
    text: `Xã số ${i}`,
    x: 20 + (i % 8) * 30,
    y: 30 + Math.floor(i / 8) * 18,
  }));
  const placed = placeLabels(points, points, frame, 12);
  expect(placed.length).toBeGreaterThan(0);
  expect(placed.length).toBeLessThan(points.length);
  const boxes = placed.map(({ text, x, y, anchor }) => {
    const width = textWidth(text, 12);
    const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
    return { left, right: left + width, top: y - 12, bottom: y };
  });
  for (const [i, a] of boxes.entries())
    for (const b of boxes.slice(i + 1))
      expect(a.left < b.right - 0.1 && b.left < a.right - 0.1 && a.top < b.bottom - 0.1 && b.top < a.bottom - 0.1).toBe(
        false,
      );
});

test('a lone name stands right of its point', () => {
  const [label] = placeLabels([{ id: 'a', text: 'Long Xuyên', x: 50, y: 50 }], [{ x: 50, y: 50 }], frame, 12);
  expect(label).toMatchObject({ anchor: 'start', x: 60 });
});

test('names at the ends of lines are pushed apart inside the plot', () => {
  const heights = spreadApart([100, 101, 102], 18, 0, 110);
  expect(heights[1]! - heights[0]!).toBeGreaterThanOrEqual(18);
  expect(heights[2]! - heights[1]!).toBeGreaterThanOrEqual(18);
  expect(Math.max(...heights)).toBeLessThanOrEqual(110);
});
