import { expect, test } from 'vitest';
import { groupCategories } from './category-groups.ts';

const category = (code: string, parent: string | null) => ({
  code,
  parent,
  nameVi: code,
  nameEn: code,
  article: null,
  areaType: null,
  weight: 1,
});

test('groups offer their leaves, a group without leaves itself, and unclassified is no choice', () => {
  const groups = groupCategories([
    category('property', null),
    category('theft', 'property'),
    category('robbery', 'property'),
    category('gambling', null),
    category('unclassified', null),
  ]);
  expect(groups.map(({ leaves }) => leaves.map(({ code }) => code))).toEqual([['theft', 'robbery'], ['gambling']]);
});
