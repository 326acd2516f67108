import { expect, test } from 'vitest';
import { fitText, textWidth, wrapText } from './text-width.ts';

test('diacritics take no width of their own', () => {
  expect(textWidth('Phường Thạnh Mỹ', 12)).toBe(textWidth('Phuong Thanh My', 12));
});

test('cuts a text to its room and says so', () => {
  const name = 'Xâm phạm tính mạng, sức khoẻ';
  const cut = fitText(name, 12, 90);
  expect(cut).toMatch(/…$/);
  expect(textWidth(cut, 12)).toBeLessThanOrEqual(90);
  expect(fitText(name, 12, 1000)).toBe(name);
});

test('wraps words into lines that fit, losing none', () => {
  const text = 'Chỉ thống kê theo địa bàn; không có dữ liệu cá nhân; không dự báo.';
  const lines = wrapText(text, 12, 120);
  expect(lines.join(' ')).toBe(text);
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(120);
});
