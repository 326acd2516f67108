/** How wide the interval of a hidden number is to be. */
export interface Room {
  /** Less is a hole. */
  readonly needed: number;
  /** Where it can be had: whoever knows this program can rule out numbers that it would have hidden otherwise. */
  readonly wished: number;
}

/** Room for numbers under `smallest` to hide in; what the wish gains was measured: docs/decisions/small-counts.md. */
export function roomFor(smallest: number): Room {
  return { needed: smallest, wished: 2 * smallest };
}

/**
 * Hide members of one published total, cheapest first, until what is hidden can be divided in enough ways: each hidden
 * member is known to hold at least its floor, and the room beyond must be free to lie in any of them. Then every hidden
 * member lies in an interval as wide as the room, and so does the sum of any of them that is not the whole.
 *
 * @param hidden members that must be hidden.
 * @param costs what hiding each member loses.
 * @returns all hidden members; undefined when even all members together leave too little.
 */
export function hideMembers(
  values: readonly number[],
  floors: readonly number[],
  hidden: ReadonlySet<number>,
  { needed, wished }: Room,
  costs: readonly number[] = values,
): Set<number> | undefined {
  if (hidden.size === 0) return new Set();
  return hideUntil(values, floors, hidden, wished, costs) ?? hideUntil(values, floors, hidden, needed, costs);
}

function hideUntil(
  values: readonly number[],
  floors: readonly number[],
  hidden: ReadonlySet<number>,
  room: number,
  costs: readonly number[],
): Set<number> | undefined {
  const chosen = new Set(hidden);
  const others = membersWhere(values, (value, member) => value > 0 && !chosen.has(member));
  others.sort((a, b) => costs[a] - costs[b] || values[a] - values[b]);
  let left = room;
  for (const member of chosen) left -= values[member] - floors[member];
  for (const member of others) {
    if (chosen.size >= 2 && left <= 0) break;
    chosen.add(member);
    left -= values[member] - floors[member];
  }
  return chosen.size >= 2 && left <= 0 ? chosen : undefined;
}

/** Members whose value would be shown although it is small. */
export function smallMembers(values: readonly number[], smallest: number): Set<number> {
  return new Set(membersWhere(values, (value) => value > 0 && value < smallest));
}

/** Places of the values that a test holds for, ascending. */
export function membersWhere(values: readonly number[], holds: (value: number, member: number) => boolean): number[] {
  return values.flatMap((value, member) => (holds(value, member) ? [member] : []));
}
