import { describe, expect, test } from 'vitest';
import { divergingRamp, sequentialRamp, toRgb } from './ramps.ts';

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = toRgb(hex).map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
/** CIE L*, perceived lightness 0–100. */
const lightness = (hex: string) => 116 * Math.cbrt(luminance(hex)) - 16;

describe.each([
  ['light', false, -1],
  ['dark', true, 1],
] as const)('the sequential ramp on %s', (_, isDark, direction) => {
  test('has six steps whose lightness always moves the same way by at least 5, so that order needs no hue', () => {
    const steps = sequentialRamp(isDark).map(lightness);
    expect(steps).toHaveLength(6);
    for (let i = 1; i < steps.length; i++)
      expect(((steps[i] ?? 0) - (steps[i - 1] ?? 0)) * direction).toBeGreaterThan(5);
  });
});

test('the diverging ramps have seven steps, bluer than red on one side and redder than blue on the other', () => {
  for (const ramp of [divergingRamp(false), divergingRamp(true)]) {
    expect(ramp).toHaveLength(7);
    ramp.forEach((hex, i) => {
      const [r, , b] = toRgb(hex);
      if (i < 3) expect(b).toBeGreaterThan(r);
      if (i > 3) expect(r).toBeGreaterThan(b);
    });
  }
});

test('reads a colour', () => {
  expect(toRgb('#c23b30')).toEqual([194, 59, 48]);
});
