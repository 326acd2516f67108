import type { Rings } from './hex-grid.ts';

/**
 * Mean and sum of squared deviations of the values in the statistic.
 * @param member 0 leaves a value out.
 * @returns `squares` 0 when all values are equal but for rounding; the sum itself would not be, since the mean of equal
 * values may miss them.
 */
export function momentsOf(values: ArrayLike<number>, member: Uint8Array | undefined) {
  let members = 0;
  let sum = 0;
  let lowest = Infinity;
  let highest = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (member?.[i] === 0) continue;
    const value = values[i];
    members++;
    sum += value;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  const mean = sum / members;
  if (!(highest - lowest > 4 * Number.EPSILON * Math.abs(mean))) return { members, mean, squares: 0 };
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    if (member?.[i] !== 0) squares += (values[i] - mean) ** 2;
  }
  return { members, mean, squares };
}

export function checkLengths(values: ArrayLike<number>, { start }: Rings, member: Uint8Array | undefined): void {
  const cells = start.length - 1;
  if (values.length !== cells) throw new RangeError(`${values.length} values but neighbours of ${cells}`);
  if (member !== undefined && member.length !== cells)
    throw new RangeError(`${member.length} members but neighbours of ${cells}`);
}
