import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { type Camera, type View, ViewSearch } from './view-search.ts';

/** The view as the address tells it. */
export function useView(): View {
  return useSearch({ strict: false, structuralSharing: true, select: (search): View => search });
}

export type UpdateView = (patch: Partial<View>, options?: { replace?: boolean }) => void;

/** Change some of the view: a step in the browser's history, or `replace` for what moves continuously (the camera). */
export function useUpdateView(): UpdateView {
  const navigate = useNavigate();
  return useCallback(
    (patch, { replace = false } = {}) => {
      void navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, ...patch }), replace });
    },
    [navigate],
  );
}

/** For the router: read on every navigation, whatever the address holds. */
export function validateView(search: Record<string, unknown>): View {
  const view = ViewSearch.parse(
    Object.fromEntries(Object.entries(search).map(([name, value]) => [name, asText(value)])),
  );
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined)) as View;
}

/** For links between panels: the view goes along, what only the panel before knew (a filter of its own) does not. */
export function keepView(search: Record<string, unknown>): View {
  return validateView(search);
}

/** Values come as text from an address and as values from `navigate`; the schema reads text. */
function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.join(',');
  if (typeof value !== 'object' || value === null) return undefined;
  const { lng, lat, zoom } = value as Camera;
  return `${lng},${lat},${zoom}`;
}
