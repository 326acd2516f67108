import { expect, test } from 'vitest';
import { RequestError } from '../../api/request.ts';
import { fieldErrorsOf } from './field-errors.ts';

const said = 'Tên quá ngắn. (The name is too short.)';

test('a refusal stands at the field that it names, in the language on screen', () => {
  const error = new RequestError('invalid_input', said, { details: [{ path: 'body.name', message: 'too short' }] });
  expect(fieldErrorsOf(error, 'vi')).toEqual({ name: 'Tên quá ngắn.' });
  expect(fieldErrorsOf(error, 'en')).toEqual({ name: 'The name is too short.' });
  const person = new RequestError('person_data', said, { details: { field: 'description', kind: 'phone' } });
  expect(fieldErrorsOf(person, 'vi')).toEqual({ description: 'Tên quá ngắn.' });
});

test('a shape that cannot be taken stands at the place; anything else at none', () => {
  expect(fieldErrorsOf(new RequestError('unprocessable', said, { details: { reason: 'outside' } }), 'vi')).toEqual({
    place: 'Tên quá ngắn.',
  });
  expect(fieldErrorsOf(new RequestError('conflict', said, { details: { reason: 'revision' } }), 'vi')).toEqual({});
  expect(fieldErrorsOf(new Error('lạ'), 'vi')).toEqual({});
});
