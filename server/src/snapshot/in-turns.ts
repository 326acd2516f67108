/** Some 10 ms of work on rows. */
const rowsPerTurn = 200_000;

/** Do `work` for 0 … count − 1, letting the event loop answer others in between. */
export async function inTurns(count: number, work: (index: number) => void): Promise<void> {
  for (let start = 0; start < count; start += rowsPerTurn) {
    const end = Math.min(count, start + rowsPerTurn);
    for (let index = start; index < end; index++) work(index);
    await new Promise(setImmediate);
  }
}
