/**
 * Colours of the map, shared by layers and legends. Sequential: six steps of falling (on dark: rising) lightness from
 * straw over orange to deep red, after ColorBrewer's YlOrRd, in which order survives every common colour blindness.
 * Diverging: blue – grey – orange, seven steps, after ColorBrewer's PuOr and RdYlBu. Checked in ramps.test.ts.
 */
export type Ramp = readonly string[];

const sequentialOnLight: Ramp = ['#f6e5bd', '#f3cb80', '#eea354', '#df7141', '#c23b30', '#8a152b'];
const sequentialOnDark: Ramp = ['#54402f', '#84502c', '#b9662b', '#e58b3c', '#f8bd6b', '#fff1c9'];
const divergingOnLight: Ramp = ['#2a5f9e', '#6a9cc9', '#b3cde0', '#d9dbdd', '#f5cf9f', '#e89a4c', '#b85f12'];
const divergingOnDark: Ramp = ['#7fb8f5', '#4f86c0', '#355a80', '#46505e', '#7d5a33', '#c47f36', '#ffb765'];

export function sequentialRamp(isDark: boolean): Ramp {
  return isDark ? sequentialOnDark : sequentialOnLight;
}

export function divergingRamp(isDark: boolean): Ramp {
  return isDark ? divergingOnDark : divergingOnLight;
}

/** "#c23b30" → [194, 59, 48]. */
export function toRgb(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
