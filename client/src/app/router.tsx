import type { Permission } from '@diemnong/contracts';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { validateAuditSearch } from '../features/audit/audit-search.ts';
import { validateSignInSearch } from '../features/session/sign-in-search.ts';
import { validateView } from '../state/use-view.ts';
import { parseSearchText, toSearchText } from '../state/view-search.ts';
import { CrashScreen } from './CrashScreen.tsx';
import { Frame } from './Frame.tsx';
import { MapScreen } from './MapScreen.tsx';
import { NotFoundScreen } from './NotFoundScreen.tsx';

const root = createRootRoute({ component: Frame, notFoundComponent: NotFoundScreen, validateSearch: validateView });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/dang-nhap',
  validateSearch: validateSignInSearch,
  component: lazyRouteComponent(() => import('../features/session/SignInScreen.tsx'), 'SignInScreen'),
});

const access = createRoute({
  getParentRoute: () => root,
  path: '/quyen',
  component: lazyRouteComponent(() => import('../features/access/AccessScreen.tsx'), 'AccessScreen'),
});

const map = createRoute({
  getParentRoute: () => root,
  path: '/',
  staticData: { permission: 'map' },
  component: MapScreen,
});

const imports = createRoute({
  getParentRoute: () => root,
  path: '/nhap-lieu',
  staticData: { permission: 'imports' },
  component: lazyRouteComponent(() => import('../features/imports/ImportsScreen.tsx'), 'ImportsScreen'),
});

const firstRun = createRoute({
  getParentRoute: () => root,
  path: '/bat-dau',
  component: lazyRouteComponent(() => import('../features/first-run/FirstRunScreen.tsx'), 'FirstRunScreen'),
});

const ownAccount = createRoute({
  getParentRoute: () => root,
  path: '/tai-khoan',
  staticData: { permission: 'session' },
  component: lazyRouteComponent(() => import('../features/session/OwnAccountScreen.tsx'), 'OwnAccountScreen'),
});

const administration = createRoute({
  getParentRoute: () => root,
  path: '/quan-tri',
  staticData: { permission: 'accounts' },
  component: lazyRouteComponent(() => import('./AdministrationScreen.tsx'), 'AdministrationScreen'),
});

const administrationStart = createRoute({
  getParentRoute: () => administration,
  path: '/',
  staticData: { permission: 'accounts' },
  beforeLoad: () => {
    throw redirect({ to: '/quan-tri/tai-khoan', search: true, replace: true });
  },
});

const accounts = createRoute({
  getParentRoute: () => administration,
  path: 'tai-khoan',
  staticData: { permission: 'accounts' },
  component: lazyRouteComponent(() => import('../features/accounts/AccountsScreen.tsx'), 'AccountsScreen'),
});

const audit = createRoute({
  getParentRoute: () => administration,
  path: 'nhat-ky',
  staticData: { permission: 'audit' },
  validateSearch: validateAuditSearch,
  component: lazyRouteComponent(() => import('../features/audit/AuditScreen.tsx'), 'AuditScreen'),
});

const settings = createRoute({
  getParentRoute: () => administration,
  path: 'cau-hinh',
  staticData: { permission: 'settings' },
  component: lazyRouteComponent(() => import('../features/settings/SettingsScreen.tsx'), 'SettingsScreen'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    access,
    map,
    imports,
    firstRun,
    ownAccount,
    administration.addChildren([administrationStart, accounts, audit, settings]),
  ]),
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
  interface StaticDataRouteOption {
    /** What the role must be allowed for the screen to open; absent = being signed in is enough. */
    permission?: Permission;
  }
}
