import { type RefObject, useLayoutEffect, useState } from 'react';
import { type RowWindow, rowWindow } from './row-window.ts';

/** The rows of a table that its scrolled frame needs now. All its rows are as high as the first one. */
export function useRowWindow(frame: RefObject<HTMLElement | null>, rows: number): RowWindow {
  const [seen, setSeen] = useState({ top: 0, height: 0, row: 0 });
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const measure = () => {
      const row = element.querySelector('tbody tr[data-row]')?.getBoundingClientRect().height ?? 0;
      const next = { top: element.scrollTop, height: element.clientHeight, row };
      setSeen((before) =>
        before.top === next.top && before.height === next.height && before.row === next.row ? before : next,
      );
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      observer.disconnect();
    };
  }, [frame]);
  return rowWindow(rows, seen.top, seen.height, seen.row);
}
