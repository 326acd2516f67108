import type { AreaStatus } from '@diemnong/contracts';
import { areaStatusStyles } from '../areas/area-status-style.ts';

const boxPixels = 48;
const statuses = Object.keys(areaStatusStyles) as AreaStatus[];

/** All signs side by side as one picture, white on nothing: the layer gives each its colour. Drawn once, when first asked for. */
export function glyphAtlas(): HTMLCanvasElement {
  atlas ??= drawAtlas();
  return atlas;
}
let atlas: HTMLCanvasElement | undefined;

/** Where each sign stands in the picture, as deck.gl's IconLayer takes it. */
export const glyphPlaces = Object.fromEntries(
  statuses.map((status, i) => [status, { x: i * boxPixels, y: 0, width: boxPixels, height: boxPixels, mask: true }]),
);

function drawAtlas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = boxPixels * statuses.length;
  canvas.height = boxPixels;
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  context.strokeStyle = '#fff';
  context.lineWidth = 2.5;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  statuses.forEach((status, i) => {
    context.setTransform(boxPixels / 24, 0, 0, boxPixels / 24, i * boxPixels, 0);
    context.stroke(new Path2D(areaStatusStyles[status].glyph));
  });
  return canvas;
}
