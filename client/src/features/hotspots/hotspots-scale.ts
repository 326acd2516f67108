import type { EmergingGroup } from '@diemnong/contracts';

/**
 * Colours of hot and cold places, shared by layer, legend and panel. Warm is hot (more than around), blue is cold (less than
 * around); neither is "bad". Levels get darker (on dark: lighter) from 90 to 99%. The five groups differ in lightness and carry
 * a glyph (hotspots-glyphs.ts), so that they are told apart without colour. Checked in hotspots-scale.test.ts.
 */
export type Side = 'hot' | 'cold';

/** Percent of the levels, by |significance| − 1. */
export const levelPercents = [90, 95, 99] as const;

const levelColors: Record<'light' | 'dark', Record<Side, readonly [string, string, string]>> = {
  light: {
    hot: ['#f4b183', '#e0662f', '#9c1230'],
    cold: ['#a9cbe6', '#4f8fc8', '#164a8c'],
  },
  dark: {
    hot: ['#8d4a2c', '#e57f3c', '#ffd49a'],
    cold: ['#2f5280', '#5b97dc', '#bfe0ff'],
  },
};

const groupColors: Record<'light' | 'dark', Record<Side, Record<EmergingGroup, string>>> = {
  light: {
    hot: { emerging: '#e8501f', lasting: '#7d1030', falling: '#f6bd6a', unsteady: '#a684c4', past: '#7b7168' },
    cold: { emerging: '#3b86d1', lasting: '#143f78', falling: '#a5cdec', unsteady: '#58a7a0', past: '#66717c' },
  },
  dark: {
    hot: { emerging: '#f0783c', lasting: '#ffd7a3', falling: '#94592c', unsteady: '#a57fce', past: '#a89d92' },
    cold: { emerging: '#5b9be6', lasting: '#c3e2ff', falling: '#2f5787', unsteady: '#2f8078', past: '#a3b0be' },
  },
};

/** Colour of a significance ±1…±3. Errors: RangeError for 0, which has none. */
export function levelColor(significance: number, isDark: boolean): string {
  const side = significance > 0 ? 'hot' : 'cold';
  const color = levelColors[isDark ? 'dark' : 'light'][side][Math.abs(significance) - 1];
  if (color === undefined) throw new RangeError(`significance ${significance}; expected ±1 to ±3`);
  return color;
}

/** Colour of one of the five plain groups on its side. */
export function groupColor(group: EmergingGroup, side: Side, isDark: boolean): string {
  return groupColors[isDark ? 'dark' : 'light'][side][group];
}

/** 'persistent-hot' → 'hot'; null for 'none' and for no label. */
export function sideOfLabel(label: string | null | undefined): Side | null {
  if (label?.endsWith('-hot')) return 'hot';
  return label?.endsWith('-cold') ? 'cold' : null;
}

/** Relative luminance of "#rrggbb", 0–1 (WCAG 2.2). */
function luminanceOf(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Ink that is read on a colour. */
export function inkOn(hex: string): '#10182a' | '#ffffff' {
  return luminanceOf(hex) > 0.25 ? '#10182a' : '#ffffff';
}
