import { queryClient } from '../api/query-client.ts';
import { lockingFilters, toFilters } from '../features/filters/filters.ts';
import { resForZoom } from '../features/hexes/hexes-res.ts';
import { hexesQuery } from '../features/hexes/use-hexes.ts';
import { metaQuery } from '../features/meta/use-meta.ts';
import { sessionQuery } from '../features/session/session-query.ts';
import { loadMapEngine } from '../map/load-map-engine.ts';
import { validateView } from '../state/use-view.ts';
import { parseSearchText } from '../state/view-search.ts';
import { loadMapDataLayers } from './load-map-data-layers.ts';
import { openingCamera } from './opening-camera.ts';

/**
 * Ask for all that the first picture needs as early as can be: the engine's chunks, who is signed in, meta, and as soon as
 * meta tells the period, the hexagons. The screens then find the answers in the cache. Failures are left to the screens,
 * which ask again and tell.
 */
export function startLoading(): void {
  void loadMapEngine();
  void loadMapDataLayers();
  const view = validateView(parseSearchText(window.location.search));
  queryClient
    .ensureQueryData(sessionQuery)
    .then((session) => {
      if (session !== null && !session.user.mustChangePassword) return queryClient.ensureQueryData(metaQuery);
    })
    .then((meta) => {
      // Shared views count by other periods (features/filters): they ask for themselves.
      if (meta === undefined || meta.hiddenUnder !== null) return;
      const filters = toFilters(view, meta.range);
      if (filters === null || meta.range === null || window.location.pathname !== '/' || view.layer === 'commune')
        return;
      const res = view.res ?? resForZoom((view.at ?? openingCamera(meta.bbox)).zoom);
      const locking = view.classes === 'auto' ? {} : { locking: lockingFilters(filters, meta.range) };
      void queryClient.prefetchQuery(hexesQuery({ filters, res, ...locking }));
    })
    .catch(() => undefined);
}
