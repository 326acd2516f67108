import { expect, test } from 'vitest';
import { refusalDetails, refusalKind, refusalMessage } from './refusal.ts';

test('a file nobody can read is told with the words of the server', () => {
  const error = { code: 'pdf', message: 'Tệp PDF không nhập được.', details: { messageEn: 'PDF cannot be imported.' } };
  expect(refusalKind(error)).toBe('unreadable');
  expect(refusalMessage(error, 'vi')).toBe('Tệp PDF không nhập được.');
  expect(refusalMessage(error, 'en')).toBe('PDF cannot be imported.');
});

test('English falls back to Vietnamese, never to nothing', () => {
  expect(refusalMessage({ code: 'x', message: 'Hỏng' }, 'en')).toBe('Hỏng');
});

test('damaged details do not hide the others', () => {
  expect(refusalDetails({ details: { heading: 'Họ tên', rows: 'many' } })).toMatchObject({
    heading: 'Họ tên',
    rows: undefined,
  });
  expect(refusalDetails({ details: 'text' })).toEqual({});
});
