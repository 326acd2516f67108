import { expect, test } from 'vitest';
import { inDrawOrder } from './layer-order.ts';

test('sorts layers of several groups into the one draw order', () => {
  const layers = [{ id: 'selection' }, { id: 'hexes' }, { id: 'communes-fill' }];
  expect(inDrawOrder(layers).map(({ id }) => id)).toEqual(['communes-fill', 'hexes', 'selection']);
});

test('refuses a layer that has no place in the order', () => {
  expect(() => inDrawOrder([{ id: 'stray' }])).toThrow('stray');
});
