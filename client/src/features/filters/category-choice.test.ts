import { expect, test } from 'vitest';
import { tickOf, toggleCategory } from './category-choice.ts';

const nodes = [
  { code: 'property', parent: null },
  { code: 'theft', parent: 'property' },
  { code: 'robbery', parent: 'property' },
  { code: 'drugs', parent: null },
  { code: 'dealing', parent: 'drugs' },
];

test('choosing every leaf of a group is choosing the group', () => {
  expect(toggleCategory('robbery', ['theft'], nodes)).toEqual(['property']);
});

test('unticking a leaf of a chosen group leaves its sisters', () => {
  expect(toggleCategory('theft', ['property'], nodes)).toEqual(['robbery']);
});

test('ticking a group takes in leaves that were ticked', () => {
  expect(toggleCategory('property', ['theft', 'dealing'], nodes)).toEqual(['property', 'dealing']);
});

test('unticking the last one is no filter', () => {
  expect(toggleCategory('theft', ['theft'], nodes)).toBeUndefined();
});

test('a group with some of its leaves is ticked in part', () => {
  expect(tickOf('property', ['theft'], nodes)).toBe('some');
  expect(tickOf('theft', ['property'], nodes)).toBe('all');
  expect(tickOf('drugs', ['theft'], nodes)).toBe('none');
});
