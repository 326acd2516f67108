import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromWkb, toEwkb } from './multipolygon-wkb.ts';

const position = fc.tuple(fc.double({ noNaN: true }), fc.double({ noNaN: true }));
const multiPolygon = fc.array(fc.array(fc.array(position, { maxLength: 9 }), { maxLength: 3 }), { maxLength: 3 });

it('gives every coordinate back to its last bit', () => {
  fc.assert(
    fc.property(multiPolygon, (polygons) => {
      expect(fromWkb(toEwkb(polygons))).toEqual(polygons);
    }),
  );
});

it('refuses another geometry type and another byte order', () => {
  const point = Buffer.concat([Buffer.from([1, 1, 0, 0, 0]), Buffer.alloc(16)]);
  expect(() => fromWkb(point)).toThrow(/type 1/);
  expect(() => fromWkb(Buffer.from([0, 0, 0, 0, 6, 0, 0, 0, 0]))).toThrow(/big-endian/);
});
