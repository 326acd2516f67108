/** Choosing in the two-level tree of categories. A group's code stands for all its leaves. */
export type CategoryNode = { code: string; parent: string | null };

export type Tick = 'none' | 'some' | 'all';

const leavesOf = (group: string, nodes: readonly CategoryNode[]) =>
  nodes.filter(({ parent }) => parent === group).map(({ code }) => code);

/** How a node is ticked when `chosen` is chosen. */
export function tickOf(code: string, chosen: readonly string[], nodes: readonly CategoryNode[]): Tick {
  const node = nodes.find((one) => one.code === code);
  if (chosen.includes(code) || (node?.parent && chosen.includes(node.parent))) return 'all';
  return leavesOf(code, nodes).some((leaf) => chosen.includes(leaf)) ? 'some' : 'none';
}

/**
 * Tick or untick one node. All leaves of a group become the group's code; unticking a leaf of a chosen group leaves its
 * sisters. Returns undefined when nothing is chosen (= no filter).
 */
export function toggleCategory(
  code: string,
  chosen: readonly string[],
  nodes: readonly CategoryNode[],
): string[] | undefined {
  const parent = nodes.find((one) => one.code === code)?.parent ?? null;
  const isOn = tickOf(code, chosen, nodes) === 'all';
  const next = new Set(chosen);
  if (parent === null) {
    for (const leaf of leavesOf(code, nodes)) next.delete(leaf);
    if (isOn) next.delete(code);
    else next.add(code);
  } else {
    const sisters = leavesOf(parent, nodes);
    if (next.delete(parent)) for (const sister of sisters) next.add(sister);
    if (isOn) next.delete(code);
    else next.add(code);
    if (sisters.every((sister) => next.has(sister))) {
      for (const sister of sisters) next.delete(sister);
      next.add(parent);
    }
  }
  const order = nodes.map((node) => node.code);
  return next.size > 0 ? [...next].sort((a, b) => order.indexOf(a) - order.indexOf(b)) : undefined;
}
