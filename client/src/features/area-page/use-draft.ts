import { useEffect, useState } from 'react';
import { useSession } from '../session/session-context.ts';

/**
 * What a form holds, kept on this computer for this account until it is sent: a page that is left loses nothing.
 * @param name says what it is a draft of.
 */
export function useDraft<Draft extends object>(name: string, initial: Draft) {
  const { user } = useSession();
  const key = `diemnong.draft.${user.id}.${name}`;
  const [kept] = useState(() => readKept<Draft>(key));
  const [draft, setDraft] = useState<Draft>(() => ({ ...initial, ...kept }));
  const [isChanged, setChanged] = useState(kept !== undefined);
  useEffect(() => {
    if (isChanged) keep(key, draft);
  }, [key, draft, isChanged]);
  return {
    draft,
    /** A draft of an earlier time was found. */
    isKept: kept !== undefined,
    change: (patch: Partial<Draft>) => {
      setChanged(true);
      setDraft((before) => ({ ...before, ...patch }));
    },
    clear: () => {
      setChanged(false);
      setDraft(initial);
      forget(key);
    },
  };
}

/** Storage may be switched off or full: then a draft lives as long as its page. */
function readKept<Draft>(key: string): Partial<Draft> | undefined {
  try {
    const value = JSON.parse(window.localStorage.getItem(key) ?? 'null') as Partial<Draft> | null;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function keep(key: string, draft: object): void {
  try {
    window.localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // the draft lives as long as its page
  }
}

function forget(key: string): void {
  try {
    window.localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}
