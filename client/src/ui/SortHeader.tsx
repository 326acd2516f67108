import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import type { Sort } from './sort.ts';
import table from './table.module.css';

type SortHeaderProps<Key extends string> = {
  label: string;
  name: Key;
  sort: Sort<Key>;
  onSort: (sort: Sort<Key>) => void;
  className?: string | undefined;
};

/** Head of a column that sorts: first press ascending, second descending. */
export function SortHeader<Key extends string>({ label, name, sort, onSort, className }: SortHeaderProps<Key>) {
  const isSorted = sort.by === name;
  const Arrow = isSorted ? (sort.isDescending ? IconArrowDown : IconArrowUp) : IconArrowsSort;
  return (
    <th
      scope="col"
      className={className}
      aria-sort={isSorted ? (sort.isDescending ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        className={table.sort}
        onClick={() => onSort({ by: name, isDescending: isSorted && !sort.isDescending })}
      >
        {label}
        <Arrow size="1em" aria-hidden />
      </button>
    </th>
  );
}
