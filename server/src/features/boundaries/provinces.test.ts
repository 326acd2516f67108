import { expect, it } from 'vitest';
import { findProvince } from './provinces.ts';

it('finds a province by code, with or without its zero, and by name, with or without marks and prefix', () => {
  for (const text of ['1', '01', 'Hà Nội', 'Thành phố Hà Nội', 'ha noi', 'TP. Hà Nội'])
    expect(findProvince(text)).toEqual({ code: '01', nameVi: 'Hà Nội', nameEn: 'Hanoi' });
  for (const text of ['Khánh Hoà', 'Khánh Hòa', '56']) expect(findProvince(text)?.code).toBe('56');
  expect(findProvince('Đắk Lắk')).toMatchObject({ code: '66', nameEn: 'Dak Lak' });
});

it('gives a province of before July 2025 to the one that took its land', () => {
  expect(findProvince('34')?.nameVi).toBe('Hưng Yên');
  expect(findProvince('Thái Bình')?.code).toBe('33');
  expect(findProvince('Tỉnh Bắc Giang')?.nameVi).toBe('Bắc Ninh');
});

it('knows nothing of codes and names that never were', () => {
  for (const text of ['00', '03', '99', '', 'Tỉnh Mẫu', '33a']) expect(findProvince(text)).toBeUndefined();
});
