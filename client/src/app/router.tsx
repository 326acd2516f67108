import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { validateView } from '../state/use-view.ts';
import { parseSearchText, toSearchText } from '../state/view-search.ts';
import { CrashScreen } from './CrashScreen.tsx';
import { MapScreen } from './MapScreen.tsx';
import { NotFoundScreen } from './NotFoundScreen.tsx';
import { Shell } from './Shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundScreen, validateSearch: validateView });

const map = createRoute({ getParentRoute: () => root, path: '/', component: MapScreen });

const imports = createRoute({
  getParentRoute: () => root,
  path: '/nhap-lieu',
  component: lazyRouteComponent(() => import('../features/imports/ImportsScreen.tsx'), 'ImportsScreen'),
});

const firstRun = createRoute({
  getParentRoute: () => root,
  path: '/bat-dau',
  component: lazyRouteComponent(() => import('../features/first-run/FirstRunScreen.tsx'), 'FirstRunScreen'),
});

export const router = createRouter({
  routeTree: root.addChildren([map, imports, firstRun]),
  parseSearch: parseSearchText,
  stringifySearch: toSearchText,
  defaultPreload: 'intent',
  defaultErrorComponent: CrashScreen,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
