import { expect, test } from 'vitest';
import { layerOrder } from '../../map/layer-order.ts';
import { importPreviewLayers, ringRadius } from './import-preview-layer.ts';

const preview = {
  dataVersion: 1,
  accepted: [[106.1, 20.6] as [number, number]],
  rejected: [[105, 21] as [number, number]],
  suspicious: [{ at: [106.2, 20.7] as [number, number], rows: 26_354, code: 'pile_up' }],
  rejectedRows: [],
};

test('draws only the parts that are asked for, each with a place in the draw order', () => {
  const layers = importPreviewLayers({ preview, shown: new Set(['accepted', 'suspicious']), isDark: false });
  expect(layers.map(({ id }) => id)).toEqual(['import-accepted', 'import-suspicious']);
  for (const { id } of layers) expect(layerOrder).toContain(id);
});

test('rings grow with the rows they stand for, within limits', () => {
  expect(ringRadius(3)).toBe(8);
  expect(ringRadius(1000)).toBe(18);
  expect(ringRadius(10_000_000)).toBe(30);
});
