import type { ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { chartFontFaces } from './chart-fonts.ts';

/** Pixels of a picture per pixel of the chart: sharp on paper and on the projector. */
const pictureScale = 2;
/** Rows of a sheet, from its top edge, in which its title begins; left half: the right one may carry a frame. */
const titleHeight = 48;
/** Two drawings are usual; five seconds on a machine that is busy. */
const mostDrawings = 100;
const betweenDrawingsMs = 50;

/** A sheet as SVG text that stands by itself, its typeface inside. `sheet` draws it with the given `@font-face` rules. */
export async function toSvgText(sheet: (fontFaces: string) => ReactElement): Promise<string> {
  const holder = document.createElement('div');
  const root = createRoot(holder);
  try {
    const element = sheet(await chartFontFaces());
    flushSync(() => root.render(element));
    const svg = holder.querySelector('svg');
    if (svg === null) throw new Error('the chart drew nothing');
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
  } finally {
    root.unmount();
  }
}

/** The SVG text as a PNG, drawn by the browser itself from its own bytes (`img-src blob:`). */
export async function toPng(svgText: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svgText], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * pictureScale;
    canvas.height = image.naturalHeight * pictureScale;
    await drawWithLetters(image, canvas);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (blob === null)
      throw new Error(`the browser cannot make a picture of ${canvas.width} × ${canvas.height} pixels`);
    return blob;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * Draws until the letters stand. A picture's own typeface begins to load when it is first drawn, and until then its text
 * is blank (Chromium; no event tells): so the title must have ink, and two drawings must be equal, one after the other.
 */
async function drawWithLetters(image: HTMLImageElement, canvas: HTMLCanvasElement): Promise<void> {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('the browser gives no canvas');
  let before = new Uint32Array();
  for (let attempt = 0; attempt < mostDrawings; attempt++) {
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const now = new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    const title = context.getImageData(0, 0, canvas.width / 2, titleHeight * pictureScale).data;
    const [paper] = new Uint32Array(title.buffer);
    if (new Uint32Array(title.buffer).some((pixel) => pixel !== paper) && isEqual(now, before)) return;
    before = now;
    await new Promise((later) => setTimeout(later, betweenDrawingsMs));
  }
  throw new Error('the typeface of the picture did not load');
}

function isEqual(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((pixel, i) => pixel === b[i]);
}

/** Pictures go into the clipboard on https and localhost only. */
export function canCopyPicture(): boolean {
  return window.isSecureContext && typeof ClipboardItem !== 'undefined' && 'clipboard' in navigator;
}

/** The promise goes in as it is: Safari takes a picture only while the click is being answered. */
export async function copyPicture(png: Promise<Blob>): Promise<void> {
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
}

/** Hands a file to the browser's downloads. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the bytes after a while; at once would be too early for Firefox.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
