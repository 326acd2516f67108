import type { KeyboardEvent } from 'react';

const steps: Record<string, readonly [row: number, column: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * Keys in a chart whose marks can be picked: Enter and Space pick the one in focus, arrows go to the next one in their
 * direction, so that a matrix of a thousand cells is one stop of the Tab key.
 */
export function moveAmongMarks(event: KeyboardEvent<HTMLElement>): void {
  const mark = (event.target as Element).closest('[data-pick]');
  if (mark === null) return;
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    event.stopPropagation();
    mark.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    return;
  }
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  event.stopPropagation(); // the shell steps through months with the same arrows
  const next = nextMark([...event.currentTarget.querySelectorAll<SVGElement>('[data-pick]')], mark, step);
  next?.focus();
}

/** The nearest mark in the direction; in a chart of one row or column every arrow along it goes on by one. */
function nextMark(marks: readonly SVGElement[], from: Element, [rows, columns]: readonly [number, number]) {
  const place = (mark: Element) => ({
    row: Number(mark.getAttribute('data-row')),
    column: Number(mark.getAttribute('data-column')),
  });
  const here = place(from);
  return marks.find((mark) => {
    const there = place(mark);
    return there.row === here.row + rows && there.column === here.column + columns;
  });
}
