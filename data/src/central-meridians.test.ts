import { expect, it } from 'vitest';
import { formerProvinceMeridians, provinceMeridians } from './central-meridians.ts';

it('lists 63 former and 34 present provinces, each code once', () => {
  expect(new Set(formerProvinceMeridians.map((p) => p.code)).size).toBe(63);
  expect(new Set(provinceMeridians.map((p) => p.code)).size).toBe(34);
});

it('places every former province in exactly one present province', () => {
  const used = provinceMeridians.flatMap((p) => p.formerCodes);
  expect([...used].sort()).toEqual(formerProvinceMeridians.map((p) => p.code).sort());
});

it('holds meridians on quarter degrees between 103° and 108.5°', () => {
  for (const { nameVi, centralMeridian } of formerProvinceMeridians) {
    expect(Number.isInteger(centralMeridian * 4), nameVi).toBe(true);
    expect(centralMeridian, nameVi).toBeGreaterThanOrEqual(103);
    expect(centralMeridian, nameVi).toBeLessThanOrEqual(108.5);
  }
});

it('is certain only where all parts agree, and otherwise offers every candidate', () => {
  const byCode = new Map(provinceMeridians.map((p) => [p.code, p]));
  expect(byCode.get('33')?.centralMeridian).toBe(105.5);
  expect(byCode.get('37')).toMatchObject({ centralMeridian: null, candidates: [105, 105.5] });
  expect(byCode.get('24')).toMatchObject({ centralMeridian: null, candidates: [105.5, 107] });
});
