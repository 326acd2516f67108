import { useCallback, useEffect, useState } from 'react';
import { isTyping } from '../../ui/is-typing.ts';
import { type MonthWindow, nextWindow } from './timeline-math.ts';

export const speeds = [1, 2, 4] as const;
export type Speed = (typeof speeds)[number];

/** Time one window stays at speed 1. */
const stepMs = 1200;

type PlayerInput = {
  shown: MonthWindow | null;
  count: number;
  /** A picture is still on its way: the next step waits for it, so that no month is skipped unseen. */
  isBusy: boolean;
  onWindow: (next: MonthWindow, replace: boolean) => void;
};

/** Plays and steps the window of months, by buttons and by keys: space plays, ← → step. */
export function usePlayer({ shown, count, isBusy, onWindow }: PlayerInput) {
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(1);

  const step = useCallback(
    (months: number) => {
      if (shown === null) return;
      const length = shown.end - shown.start;
      const start = Math.min(Math.max(shown.start + months, 0), count - length);
      if (start !== shown.start) onWindow({ start, end: start + length }, true);
    },
    [shown, count, onWindow],
  );

  const toggle = useCallback(() => setPlaying((was) => !was), []);

  useEffect(() => {
    if (!isPlaying || shown === null || isBusy) return;
    const timer = window.setTimeout(() => onWindow(nextWindow(shown, count), true), stepMs / speed);
    return () => window.clearTimeout(timer);
  }, [isPlaying, shown, isBusy, count, speed, onWindow]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event)) return;
      const isOnControl =
        event.target instanceof HTMLElement && event.target.closest('button, a, [role="slider"]') !== null;
      if (event.key === ' ' && !isOnControl) toggle();
      else if (event.key === 'ArrowLeft') step(-1);
      else if (event.key === 'ArrowRight') step(1);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [step, toggle]);

  return { isPlaying, toggle, step, speed, setSpeed };
}
