/**
 * A table whose row and column totals are published and some of whose cells are hidden. Cells stand row by row.
 * `floors`: what a reader knows each cell to hold at least, were it hidden.
 */
export interface GuardedTable {
  readonly rows: number;
  readonly columns: number;
  readonly values: Int32Array;
  readonly floors: Uint8Array;
  readonly isHidden: Uint8Array;
}

export interface SlackSearch {
  /**
   * How wide the interval is that a hidden cell can lie in, given every total and every shown cell: exact, but no more
   * than `enough` is searched for.
   */
  widthOf(cell: number, enough: number): number;
  /**
   * Right after `widthOf` found too little for the same cell: the shown cells whose hiding widens its interval, as few records as possible;
   * undefined when none do.
   */
  cheapestWidening(cell: number): number[] | undefined;
}

/**
 * The hidden cells are the edges of a bipartite graph of rows and columns. One more in a cell means one less in another
 * of its column, one more in another of that row, and so on back to its own row: an alternating cycle. So the most a cell
 * can rise or fall is a maximum flow between its row and its column without the cell itself: an edge carries any rise,
 * and a fall down to its floor. Flows are whole when capacities are, hence so are the intervals.
 * Source: D. Gusfield, SIAM Journal on Computing 17, 1988 ("A graph theoretic approach to statistical data security").
 */
export function slackSearch(table: GuardedTable): SlackSearch {
  const { rows, columns, values, floors, isHidden } = table;
  const nodes = rows + columns;
  /** What the flow so far has changed in each cell. */
  const change = new Int32Array(values.length);
  const cameBy = new Int32Array(nodes);
  const queue = new Int32Array(nodes);

  const rowOf = (cell: number) => Math.floor(cell / columns);
  const columnNodeOf = (cell: number) => rows + (cell % columns);
  /** How far the flow may lower a cell still. */
  const roomBelow = (cell: number) => values[cell] + change[cell] - floors[cell];
  /** The cell between two neighbouring nodes. */
  const cellBetween = (node: number, next: number) =>
    node < rows ? node * columns + next - rows : next * columns + node - rows;
  const neighboursOf = (node: number) => (node < rows ? [rows, nodes] : [0, rows]);
  /** From a row to a column a cell rises; from a column to a row it falls. */
  const mayPass = (node: number, cell: number) => node < rows || roomBelow(cell) > 0;

  function augment(cell: number, start: number, goal: number, limit: number): number {
    cameBy.fill(-1);
    cameBy[start] = start;
    queue[0] = start;
    for (let head = 0, tail = 1; head < tail && cameBy[goal] < 0; head++) {
      const node = queue[head];
      const [first, end] = neighboursOf(node);
      for (let next = first; next < end; next++) {
        const between = cellBetween(node, next);
        if (cameBy[next] >= 0 || between === cell || isHidden[between] === 0 || !mayPass(node, between)) continue;
        cameBy[next] = node;
        queue[tail++] = next;
      }
    }
    if (cameBy[goal] < 0) return 0;
    let pushed = limit;
    for (let node = goal; node !== start; node = cameBy[node])
      if (node < rows) pushed = Math.min(pushed, roomBelow(cellBetween(cameBy[node], node)));
    for (let node = goal; node !== start; node = cameBy[node])
      change[cellBetween(cameBy[node], node)] += node < rows ? -pushed : pushed;
    return pushed;
  }

  function flow(cell: number, start: number, goal: number, limit: number): number {
    change.fill(0);
    let total = 0;
    while (total < limit) {
      const pushed = augment(cell, start, goal, limit - total);
      if (pushed === 0) break;
      total += pushed;
    }
    return total;
  }

  return {
    widthOf(cell, enough) {
      const fall = flow(cell, rowOf(cell), columnNodeOf(cell), Math.min(values[cell] - floors[cell], enough));
      return fall + flow(cell, columnNodeOf(cell), rowOf(cell), enough - fall);
    },

    /** Dijkstra's algorithm on what the flow left over, a shown cell at the price of its records. */
    cheapestWidening(cell) {
      const start = columnNodeOf(cell);
      const goal = rowOf(cell);
      const price = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY);
      const isSettled = new Uint8Array(nodes);
      price[start] = 0;
      for (;;) {
        let node = -1;
        for (let other = 0; other < nodes; other++)
          if (isSettled[other] === 0 && price[other] < (node < 0 ? Number.POSITIVE_INFINITY : price[node]))
            node = other;
        if (node < 0) return undefined;
        if (node === goal) break;
        isSettled[node] = 1;
        const [first, end] = neighboursOf(node);
        for (let next = first; next < end; next++) {
          const between = cellBetween(node, next);
          const isOpen = isHidden[between] === 1;
          if (between === cell || (!isOpen && values[between] === 0) || !mayPass(node, between)) continue;
          const reached = price[node] + (isOpen ? 0 : values[between]);
          if (reached >= price[next]) continue;
          price[next] = reached;
          cameBy[next] = node;
        }
      }
      const opened: number[] = [];
      for (let node = goal; node !== start; node = cameBy[node]) {
        const between = cellBetween(cameBy[node], node);
        if (isHidden[between] === 0) opened.push(between);
      }
      return opened;
    },
  };
}
