import { scaleBand, scaleLinear } from '@visx/scale';
import type { ChartFrame } from './chart-types.ts';
import { type Palette, paletteOf } from './palette.ts';

/** The rectangle that marks are drawn in, in pixels of the frame. */
export type Plot = { left: number; right: number; top: number; bottom: number; width: number; height: number };

/** What is left of the frame inside the given margins, in pixels. */
export function plotIn(frame: ChartFrame, margin: { left: number; right: number; top: number; bottom: number }): Plot {
  const right = Math.max(frame.width - margin.right, margin.left + 10);
  const bottom = Math.max(frame.height - margin.bottom, margin.top + 10);
  return { left: margin.left, right, top: margin.top, bottom, width: right - margin.left, height: bottom - margin.top };
}

/** Two decimals: the same text from every engine, and a short one. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

export type ValueScale = { at: (value: number) => number; ticks: number[]; top: number };

/** Zero-based values upwards; about one tick per 56 pixels. Whole numbers only when `isWhole`. */
export function valueScale(
  plot: Pick<Plot, 'top' | 'bottom'>,
  top: number,
  options: { isWhole?: boolean; from?: number } = {},
): ValueScale {
  const height = plot.bottom - plot.top;
  const from = options.from ?? 0;
  const count = Math.max(2, Math.min(6, Math.round(height / 56)));
  const scale = scaleLinear<number>({
    domain: [from, Math.max(top, from + (options.isWhole ? 1 : 1e-9))],
    range: [plot.bottom, plot.top],
  }).nice(count);
  const ticks = scale.ticks(count).filter((tick) => !options.isWhole || Number.isInteger(tick));
  return { at: (value) => round(scale(value)), ticks, top: scale.domain()[1] ?? top };
}

export type BandScale = {
  start: (index: number) => number;
  middle: (index: number) => number;
  step: number;
  width: number;
};

/** `count` equal bands from left to right. */
export function bandScale(plot: Pick<Plot, 'left' | 'right'>, count: number, padding = 0.25): BandScale {
  const scale = scaleBand<number>({
    domain: Array.from({ length: Math.max(count, 1) }, (_, i) => i),
    range: [plot.left, plot.right],
    paddingInner: padding,
    paddingOuter: padding / 2,
  });
  const width = scale.bandwidth();
  return {
    start: (index) => round(scale(index) ?? plot.left),
    middle: (index) => round((scale(index) ?? plot.left) + width / 2),
    step: scale.step(),
    width: round(width),
  };
}

export type Look = Palette & { lineHeight: number };

/** Colours and sizes for a frame. */
export function lookOf(frame: ChartFrame): Look {
  const palette = paletteOf(frame.theme);
  return { ...palette, lineHeight: Math.round(palette.small * 1.5) };
}

/** The id that the Tab key reaches: the picked one, or the first. */
export function entryOf(frame: ChartFrame, ids: readonly string[]): string | undefined {
  return frame.pickedId !== undefined && ids.includes(frame.pickedId) ? frame.pickedId : ids[0];
}
