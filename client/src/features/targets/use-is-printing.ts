import { useSyncExternalStore } from 'react';

const paper = window.matchMedia('print');

function subscribe(onChange: () => void): () => void {
  paper.addEventListener('change', onChange);
  return () => paper.removeEventListener('change', onChange);
}

/** True while the page is laid out for paper: pictures are then drawn for it, whatever the theme on screen. */
export function useIsPrinting(): boolean {
  return useSyncExternalStore(subscribe, () => paper.matches);
}
