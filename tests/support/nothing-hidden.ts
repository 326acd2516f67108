type Hideable =
  | 'total'
  | 'count'
  | 'inCells'
  | 'communeOnly'
  | 'unplaced'
  | 'previous'
  | 'previousYear'
  | 'perKm2'
  | 'months'
  | 'categories'
  | 'hourWeekday'
  | 'hourKnown';

/** An answer to an account that sees the records: its contract allows for hidden numbers, and it has none. */
export type NothingHidden<Answer> = Answer extends readonly (infer Item)[]
  ? NothingHidden<Item>[]
  : Answer extends object
    ? { [Key in keyof Answer]: NothingHidden<Key extends Hideable ? NonNullable<Answer[Key]> : Answer[Key]> }
    : Answer;
