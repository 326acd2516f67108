import { emergingGroups } from '@diemnong/contracts';
import { describe, expect, test } from 'vitest';
import { toRgb } from '../../ui/ramps.ts';
import { glyphOf, hasRoomForGlyphs, isHollow } from './hotspots-glyphs.ts';
import { groupColor, inkOn, levelColor, sideOfLabel } from './hotspots-scale.ts';

type Rgb = [number, number, number];

const toLinear = (byte: number) => {
  const share = byte / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};
const linear = (hex: string) => toRgb(hex).map(toLinear) as Rgb;
/** CIE L*, perceived lightness 0–100. */
const lightness = (hex: string) => {
  const [r, g, b] = linear(hex);
  return 116 * Math.cbrt(0.2126 * r + 0.7152 * g + 0.0722 * b) - 16;
};
/** CIE L*a*b*, D65. */
function lab([r, g, b]: Rgb): Rgb {
  const bend = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = bend((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = bend(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = bend((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
/** Linear RGB as red- and green-blind eyes see it: Machado, Oliveira, Fernandes 2009, severity 1. */
const blindness: Record<string, readonly [Rgb, Rgb, Rgb]> = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};
function distance(a: string, b: string, matrix: readonly [Rgb, Rgb, Rgb]): number {
  const seen = (hex: string) => {
    const rgb = linear(hex);
    return lab(
      matrix.map((row) => Math.min(1, Math.max(0, row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]))) as Rgb,
    );
  };
  const [p, q] = [seen(a), seen(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

describe.each([
  ['light', false, -1],
  ['dark', true, 1],
] as const)('the levels on %s', (_, isDark, direction) => {
  test.each([1, -1])('get clearer from 90 to 99 percent on side %i by lightness alone', (sign) => {
    const steps = [1, 2, 3].map((level) => lightness(levelColor(sign * level, isDark)));
    for (let i = 1; i < 3; i++) expect(((steps[i] ?? 0) - (steps[i - 1] ?? 0)) * direction).toBeGreaterThan(12);
  });

  test('are warm when hot and blue when cold', () => {
    for (const level of [1, 2, 3]) {
      const [hotR, , hotB] = toRgb(levelColor(level, isDark));
      const [coldR, , coldB] = toRgb(levelColor(-level, isDark));
      expect(hotR).toBeGreaterThan(hotB);
      expect(coldB).toBeGreaterThan(coldR);
    }
  });

  test.each(Object.keys(blindness))('all differ to the eye, colour blindness: %s', (kind) => {
    const colors = [-3, -2, -1, 1, 2, 3].map((level) => levelColor(level, isDark));
    for (const [i, a] of colors.entries())
      for (const b of colors.slice(i + 1))
        expect(distance(a, b, blindness[kind] ?? never()), `${a} ${b}`).toBeGreaterThan(18);
  });

  test.each(Object.keys(blindness))('groups differ to the eye on their side, colour blindness: %s', (kind) => {
    for (const side of ['hot', 'cold'] as const) {
      const colors = emergingGroups.map((group) => groupColor(group, side, isDark));
      for (const [i, a] of colors.entries())
        for (const b of colors.slice(i + 1))
          expect(distance(a, b, blindness[kind] ?? never()), `${side} ${a} ${b}`).toBeGreaterThan(12);
    }
  });
});

test('groups and sides are told apart without colour: every one has its own glyph', () => {
  const signs = (['hot', 'cold'] as const).flatMap((side) =>
    emergingGroups.map((group) => JSON.stringify([glyphOf(side, group), isHollow(group)])),
  );
  expect(new Set(signs).size).toBe(10);
  expect(glyphOf('hot', null)).not.toEqual(glyphOf('cold', null));
});

test('a significance of 0 has no colour', () => {
  expect(() => levelColor(0, false)).toThrow('expected ±1 to ±3');
});

test('the side of a label is the end of its name', () => {
  expect(['persistent-hot', 'new-cold', 'none', null, undefined].map(sideOfLabel)).toEqual([
    'hot',
    'cold',
    null,
    null,
    null,
  ]);
});

test('ink is read on every colour of the scale', () => {
  for (const isDark of [false, true])
    for (const level of [-3, -2, -1, 1, 2, 3]) {
      const color = levelColor(level, isDark);
      const [light, dark] = [lightness(color), lightness(inkOn(color))].sort((a, b) => b - a) as [number, number];
      expect(light - dark, color).toBeGreaterThan(40);
    }
});

test('glyphs wait until a cell is wide enough, later for finer cells', () => {
  const first = [7, 8, 9, 10].map((res) => [8, 9, 10, 11, 12, 13, 14].find((zoom) => hasRoomForGlyphs(res, zoom, 21)));
  expect(first).toEqual([9, 10, 12, 13]);
});

function never(): never {
  throw new Error('unknown colour blindness');
}
