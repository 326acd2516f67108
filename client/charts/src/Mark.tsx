import type { PropsWithChildren, ReactElement } from 'react';
import type { ChartFrame } from './chart-types.ts';

type MarkProps = PropsWithChildren<{
  frame: ChartFrame;
  /** What it says: tooltip, and its name where it can be picked. */
  title: string;
  /** Absent: cannot be picked. */
  id?: string | undefined;
  /** The one that the Tab key reaches; the arrows go on from there (ChartFigure). */
  entry?: string | undefined;
  /** Place among the marks, for the arrows. */
  row?: number;
  column?: number;
}>;

/** A mark with its numbers in words; a button where the frame can be picked from. */
export function Mark({ frame, title, id, entry, row = 0, column = 0, children }: MarkProps): ReactElement {
  const { onPick } = frame;
  if (onPick === undefined || id === undefined)
    return (
      <g>
        <title>{title}</title>
        {children}
      </g>
    );
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- ChartFigure turns Enter, Space and arrows into clicks and moves
    <g
      role="button"
      tabIndex={id === entry ? 0 : -1}
      aria-label={title}
      aria-pressed={id === frame.pickedId}
      data-pick={id}
      data-row={row}
      data-column={column}
      cursor="pointer"
      onClick={() => onPick(id)}
    >
      <title>{title}</title>
      {children}
    </g>
  );
}
