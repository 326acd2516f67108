import { getHexes, getHexStory } from '@diemnong/contracts';
import { expect, test } from 'vitest';
import { urlOf } from './request.ts';

test('writes the query from the endpoint and leaves absent values out', () => {
  const query = { from: '2026-01-01', to: '2026-02-01', res: 8, categories: undefined, hours: '18,19' };
  expect(urlOf(getHexes, { query })).toBe('/api/hexes?from=2026-01-01&to=2026-02-01&res=8&hours=18%2C19');
});

test('fills the path', () => {
  const query = { from: '2026-01-01', to: '2026-02-01' };
  expect(urlOf(getHexStory, { params: { cell: '8841a4c6a1fffff' }, query })).toMatch(
    '/api/hexes/8841a4c6a1fffff?from=',
  );
});
