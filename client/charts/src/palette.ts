import type { ChartTheme } from './chart-types.ts';

/** Colours and sizes of one theme. The colours are those of client/src/ui/tokens.css and ramps.ts (palette.test.ts holds them equal). */
export type Palette = {
  surface: string;
  ground: string;
  ink: string;
  ink2: string;
  grid: string;
  axis: string;
  /** Bars and filled marks: the counts themselves. */
  bar: string;
  /** Lines over bars, dots: last year, levels. */
  strong: string;
  /** Told apart from blue by every common colour blindness: goals and thresholds. */
  second: string;
  /** The one mark that is spoken of. */
  hot: string;
  quiet: string;
  focus: string;
  /** Six classes of rising counts. */
  sequential: readonly string[];
  /** Sizes of type in pixels. */
  small: number;
  text: number;
  title: number;
};

const sequentialOnLight = ['#f6e5bd', '#f3cb80', '#eea354', '#df7141', '#c23b30', '#8a152b'];
const sequentialOnDark = ['#54402f', '#84502c', '#b9662b', '#e58b3c', '#f8bd6b', '#fff1c9'];

const light: Palette = {
  surface: '#fff',
  ground: '#f4f6fa',
  ink: '#1c2431',
  ink2: '#566272',
  grid: '#dde3ea',
  axis: '#8591a1',
  bar: '#4f86c0',
  strong: '#1d3f78',
  second: '#b85f12',
  hot: '#b5382a',
  quiet: '#b3bdcb',
  focus: '#1f6feb',
  sequential: sequentialOnLight,
  small: 12,
  text: 13,
  title: 16,
};

const dark: Palette = {
  ...light,
  surface: '#151e2d',
  ground: '#1c2738',
  ink: '#e9eef6',
  ink2: '#a7b3c5',
  grid: '#2b384c',
  axis: '#7c8aa0',
  bar: '#4f86c0',
  strong: '#a9c7ff',
  second: '#ffb765',
  hot: '#f08a5c',
  quiet: '#4c5b72',
  focus: '#7db0ff',
  sequential: sequentialOnDark,
};

/** Read from the last row of a hall: text AAA, everything a third larger. */
const projector: Palette = {
  ...light,
  ground: '#eef1f5',
  ink: '#080c13',
  ink2: '#323c4a',
  grid: '#b4bdc9',
  axis: '#4a5564',
  strong: '#0f2f6b',
  hot: '#a02416',
  quiet: '#8e9bad',
  focus: '#0a4fc4',
  small: 16,
  text: 17,
  title: 21,
};

/** On paper: black on white, and nothing that a grey printer loses. */
const print: Palette = {
  ...light,
  ink: '#080c13',
  ink2: '#323c4a',
  grid: '#dde3ea',
  axis: '#4a5564',
  small: 11,
  text: 12,
  title: 15,
};

const palettes: Record<ChartTheme, Palette> = { light, dark, projector, print };

export function paletteOf(theme: ChartTheme): Palette {
  return palettes[theme];
}
