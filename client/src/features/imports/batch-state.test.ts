import { expect, test } from 'vitest';
import { canUndo, isMoving, rowsBroughtBack, stateName } from './batch-state.ts';

test('a batch whose place another took is replaced, and not undone before that one', () => {
  const replaced = { state: 'committed', replacedBy: 'b2' } as const;
  expect(stateName(replaced)).toBe('replaced');
  expect(canUndo(replaced)).toBe(false);
  expect(canUndo({ state: 'committed', replacedBy: null })).toBe(true);
  expect(canUndo({ state: 'review', replacedBy: null })).toBe(false);
});

test('only reading and writing go on by themselves', () => {
  expect(isMoving({ state: 'parsing' }) && isMoving({ state: 'committing' })).toBe(true);
  expect(isMoving({ state: 'review' })).toBe(false);
});

test('an undo brings back all rows of the batch before: those it dropped, changed and kept', () => {
  const diff = { replaces: 'b1', replacedFileName: 't9.xlsx', added: 7, removed: 3, changed: 5, same: 90 };
  expect(rowsBroughtBack({ diff })).toBe(98);
  expect(rowsBroughtBack({ diff: null })).toBe(0);
});
