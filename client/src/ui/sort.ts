/** Which column a table is sorted by. */
export type Sort<Key extends string> = { by: Key; isDescending: boolean };
