import type { Category } from '@diemnong/contracts';

/** The top of the tree with what a record can be filed under: leaves of a group, or a top category without leaves. */
export type CategoryGroup = { group: Category; leaves: Category[] };

/** Code of the category that takes what nobody has mapped. */
export const unclassified = 'unclassified';

/** Groups in the order of the catalogue, "unclassified" left out: it is what stands without a choice. */
export function groupCategories(categories: readonly Category[]): CategoryGroup[] {
  return categories
    .filter(({ parent, code }) => parent === null && code !== unclassified)
    .map((group) => {
      const leaves = categories.filter(({ parent }) => parent === group.code);
      return { group, leaves: leaves.length > 0 ? leaves : [group] };
    });
}
