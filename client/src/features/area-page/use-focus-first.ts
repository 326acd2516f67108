import { useEffect, useRef } from 'react';

/** A form that opens at the press of a button begins at its first field: the button is gone, and the keyboard would be nowhere. */
export function useFocusFirst() {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => focusFirst(form.current), []);
  return form;
}

export function focusFirst(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('select, input, textarea')?.focus();
}
