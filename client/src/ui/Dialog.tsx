import { IconX } from '@tabler/icons-react';
import { type PropsWithChildren, useId, useLayoutEffect, useRef } from 'react';
import { IconButton } from './IconButton.tsx';
import styles from './ui.module.css';

type DialogProps = PropsWithChildren<{ title: string; closeLabel: string; onClose: () => void }>;

/**
 * The browser's own modal dialog: traps focus, closes with Escape, needs no injected style. Mounted = open. A form in it begins
 * at its first field.
 */
export function Dialog({ title, closeLabel, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before it leaves the page: only so does the browser give the focus back to where it came from.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('input:not([readonly]), select, textarea')?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={titleId} onClose={onClose}>
      <header className={styles.dialogHead}>
        <h2 id={titleId}>{title}</h2>
        <IconButton label={closeLabel} onClick={() => dialog.current?.close()}>
          <IconX size="1.25em" aria-hidden />
        </IconButton>
      </header>
      <div className={styles.dialogBody}>{children}</div>
    </dialog>
  );
}
