import type { Cell } from '../reading/row-source.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** A cell as people read it: dates as dd/mm/yyyy[ hh:mm[:ss]], a time without a day as hh:mm, empty cells as ''. */
export function cellText(cell: Cell | undefined): string {
  if (typeof cell === 'string') return cell;
  if (cell === null || cell === undefined) return '';
  if (!(cell instanceof Date)) return typeof cell === 'boolean' ? (cell ? 'TRUE' : 'FALSE') : String(cell);
  if (Number.isNaN(cell.getTime())) return '';
  const day = `${two(cell.getUTCDate())}/${two(cell.getUTCMonth() + 1)}/${cell.getUTCFullYear()}`;
  const [h, m, s] = [cell.getUTCHours(), cell.getUTCMinutes(), cell.getUTCSeconds()];
  if (h + m + s === 0) return day;
  const clock = `${two(h)}:${two(m)}${s > 0 ? `:${two(s)}` : ''}`;
  // Excel keeps a time alone as a fraction of its day zero.
  return cell.getUTCFullYear() < 1900 ? clock : `${day} ${clock}`;
}
