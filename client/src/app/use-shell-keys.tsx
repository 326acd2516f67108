import { useNavigate, useRouter } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { keepView, useUpdateView } from '../state/use-view.ts';
import { isTyping } from '../ui/is-typing.ts';
import { HelpDialog } from './HelpDialog.tsx';
import { usePanels } from './panels.ts';

export const searchInputId = 'search-input';

/**
 * Keys that work everywhere: / searches, 1–8 panels, P presents, Escape ends presenting, ? shows the keys.
 * (Space and arrows belong to the timeline.) Returns the help dialog while it is open.
 */
export function useShellKeys(): ReactNode {
  const [isHelpOpen, setHelpOpen] = useState(false);
  const navigate = useNavigate();
  const router = useRouter();
  const updateView = useUpdateView();
  const panels = usePanels();

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      const view = router.state.location.search;
      const panel = panels[Number(event.key) - 1];
      if (event.key === '/') {
        document.getElementById(searchInputId)?.focus();
      } else if (event.key === '?') {
        setHelpOpen(true);
      } else if (event.key === 'p' || event.key === 'P') {
        updateView({ present: view.present ? undefined : '1' });
      } else if (event.key === 'Escape' && view.present) {
        updateView({ present: undefined });
      } else if (panel !== undefined) {
        void navigate({ to: panel.path, search: keepView });
      } else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate, router, updateView, panels]);

  return isHelpOpen ? <HelpDialog onClose={() => setHelpOpen(false)} /> : null;
}
