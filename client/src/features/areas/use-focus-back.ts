import { useEffect, useRef } from 'react';

/**
 * When what was open in a part of the page is gone, and the control that had the focus with it, the keyboard goes on from that
 * part (`tabIndex={-1}`) instead of from the top of the page.
 */
export function useFocusBack<Part extends HTMLElement>(isOpen: boolean) {
  const part = useRef<Part>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen && document.activeElement === document.body) part.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  return part;
}
