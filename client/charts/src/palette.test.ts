import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { divergingRamp, sequentialRamp, toRgb } from '../../src/ui/ramps.ts';
import { paletteOf } from './palette.ts';

const css = readFileSync(new URL('../../src/ui/tokens.css', import.meta.url), 'utf8');

/** Value of a token in one theme of the interface. */
function token(theme: string, name: string): string | undefined {
  const block = css.split(`:root[data-theme="${theme}"][data-theme]`)[1]?.split('}')[0] ?? '';
  return new RegExp(`--${name}: ([^;]+);`).exec(block)?.[1];
}

/** Contrast of two colours, WCAG 2.2. */
function contrast(a: string, b: string): number {
  const whole = (hex: string) => (hex.length === 4 ? hex.replace(/[0-9a-f]/g, '$&$&') : hex);
  const luminance = (hex: string) => {
    const [red, green, blue] = toRgb(whole(hex)).map((byte) => {
      const share = byte / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe.each(['light', 'dark', 'projector'] as const)('the palette of charts in the %s theme', (theme) => {
  const palette = paletteOf(theme);
  const isDark = theme === 'dark';

  test('has the colours of the interface', () => {
    const { surface, ground, ink, ink2, grid, axis, strong, hot, quiet, focus } = palette;
    expect({ surface, ground, ink, ink2, grid, axis, strong, hot, quiet, focus }).toEqual({
      surface: token(theme, 'surface'),
      ground: token(theme, 'surface-2'),
      ink: token(theme, 'ink'),
      ink2: token(theme, 'ink-2'),
      grid: token(theme, 'line'),
      axis: token(theme, 'line-strong'),
      strong: token(theme, 'tick'),
      hot: token(theme, 'hot'),
      quiet: token(theme, 'quiet'),
      focus: token(theme, 'focus'),
    });
    expect(palette.sequential).toEqual(sequentialRamp(isDark));
    expect(palette.bar).toBe(divergingRamp(true)[1]);
    expect(palette.second).toBe(divergingRamp(isDark)[6]);
  });
});

describe.each(['light', 'dark', 'projector', 'print'] as const)('on the %s sheet', (theme) => {
  const palette = paletteOf(theme);
  const isFar = theme === 'projector' || theme === 'print';

  test('text is readable and marks are seen', () => {
    for (const text of [palette.ink, palette.ink2])
      expect(contrast(text, palette.surface)).toBeGreaterThanOrEqual(isFar ? 7 : 4.5);
    for (const mark of [palette.bar, palette.strong, palette.second, palette.hot, palette.axis])
      expect(contrast(mark, palette.surface)).toBeGreaterThanOrEqual(3);
  });
});
