import type { Permission } from '@diemnong/contracts';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { validateEditSearch, validateMarkingSearch } from '../features/area-marking/marking-search.ts';
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

const trends = createRoute({
  getParentRoute: () => root,
  path: '/xu-huong',
  staticData: { permission: 'map', defaultMonths: 60 },
  component: lazyRouteComponent(() => import('../features/trends/TrendsScreen.tsx'), 'TrendsScreen'),
});

const trendsStart = createRoute({
  getParentRoute: () => trends,
  path: '/',
  staticData: { permission: 'map' },
  beforeLoad: () => {
    throw redirect({ to: '/xu-huong/dien-bien', search: true, replace: true });
  },
});

const trendCourse = createRoute({
  getParentRoute: () => trends,
  path: 'dien-bien',
  staticData: { permission: 'map' },
  component: lazyRouteComponent(() => import('../features/trends/CoursePage.tsx'), 'CoursePage'),
});

const trendGroups = createRoute({
  getParentRoute: () => trends,
  path: 'nhom',
  staticData: { permission: 'analysis' },
  component: lazyRouteComponent(() => import('../features/trends/GroupsPage.tsx'), 'GroupsPage'),
});

const trendCommunes = createRoute({
  getParentRoute: () => trends,
  path: 'xa-phuong',
  staticData: { permission: 'analysis' },
  component: lazyRouteComponent(() => import('../features/rankings/RankingPage.tsx'), 'RankingPage'),
});

const trendRhythm = createRoute({
  getParentRoute: () => trends,
  path: 'gio-thu',
  staticData: { permission: 'analysis' },
  component: lazyRouteComponent(() => import('../features/rhythm/RhythmPage.tsx'), 'RhythmPage'),
});

const trendConcentration = createRoute({
  getParentRoute: () => trends,
  path: 'tap-trung',
  staticData: { permission: 'analysis' },
  component: lazyRouteComponent(() => import('../features/concentration/ConcentrationPage.tsx'), 'ConcentrationPage'),
});

const trendAlerts = createRoute({
  getParentRoute: () => trends,
  path: 'canh-bao',
  staticData: { permission: 'analysis' },
  component: lazyRouteComponent(() => import('../features/alerts/AlertsPage.tsx'), 'AlertsPage'),
});

const trendReporting = createRoute({
  getParentRoute: () => trends,
  path: 'bao-cao',
  staticData: { permission: 'analysis' },
  component: lazyRouteComponent(() => import('../features/reporting/ReportingPage.tsx'), 'ReportingPage'),
});

const areas = createRoute({
  getParentRoute: () => root,
  path: '/dia-ban',
  staticData: { permission: 'analysis' },
  component: lazyRouteComponent(() => import('../features/areas/AreasScreen.tsx'), 'AreasScreen'),
});

const areasStart = createRoute({
  getParentRoute: () => areas,
  path: '/',
  staticData: { permission: 'analysis' },
  beforeLoad: () => {
    throw redirect({ to: '/dia-ban/bang', search: true, replace: true });
  },
});

const areaBoard = createRoute({
  getParentRoute: () => areas,
  path: 'bang',
  staticData: { permission: 'analysis' },
  component: lazyRouteComponent(() => import('../features/areas/BoardPage.tsx'), 'BoardPage'),
});

const areaList = createRoute({
  getParentRoute: () => areas,
  path: 'danh-sach',
  staticData: { permission: 'analysis' },
  component: lazyRouteComponent(() => import('../features/areas/ListPage.tsx'), 'ListPage'),
});

const areaPending = createRoute({
  getParentRoute: () => areas,
  path: 'cho-duyet',
  staticData: { permission: 'analysis' },
  component: lazyRouteComponent(() => import('../features/areas/PendingPage.tsx'), 'PendingPage'),
});

const areaTasks = createRoute({
  getParentRoute: () => areas,
  path: 'xem-xet',
  staticData: { permission: 'analysis' },
  component: lazyRouteComponent(() => import('../features/area-tasks/TasksPage.tsx'), 'TasksPage'),
});

const areaCandidates = createRoute({
  getParentRoute: () => areas,
  path: 'de-xuat',
  staticData: { permission: 'analysis' },
  component: lazyRouteComponent(() => import('../features/area-candidates/CandidatesPage.tsx'), 'CandidatesPage'),
});

const areaListImport = createRoute({
  getParentRoute: () => areas,
  path: 'nhap',
  staticData: { permission: 'planning' },
  component: lazyRouteComponent(() => import('../features/area-lists/ListImportPage.tsx'), 'ListImportPage'),
});

const areaMarking = createRoute({
  getParentRoute: () => root,
  path: '/dia-ban/moi',
  staticData: { permission: 'planning' },
  validateSearch: validateMarkingSearch,
  component: lazyRouteComponent(() => import('../features/area-marking/MarkingScreen.tsx'), 'MarkingScreen'),
});

const areaEdit = createRoute({
  getParentRoute: () => root,
  path: '/dia-ban/$id/sua',
  staticData: { permission: 'planning' },
  validateSearch: validateEditSearch,
  component: lazyRouteComponent(() => import('../features/area-marking/EditScreen.tsx'), 'EditScreen'),
});

const area = createRoute({
  getParentRoute: () => root,
  path: '/dia-ban/$id',
  staticData: { permission: 'analysis' },
  component: lazyRouteComponent(() => import('../features/area-page/AreaPage.tsx'), 'AreaPage'),
});

const areaSheet = createRoute({
  getParentRoute: () => root,
  path: '/dia-ban/$id/phieu',
  staticData: { permission: 'analysis' },
  component: lazyRouteComponent(() => import('../features/area-sheet/SheetPage.tsx'), 'SheetPage'),
});

const targets = createRoute({
  getParentRoute: () => root,
  path: '/chi-tieu',
  staticData: { permission: 'analysis' },
  component: lazyRouteComponent(() => import('../features/targets/TargetsScreen.tsx'), 'TargetsScreen'),
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

const areaRules = createRoute({
  getParentRoute: () => administration,
  path: 'dia-ban',
  staticData: { permission: 'settings' },
  component: lazyRouteComponent(() => import('../features/area-rules/AreaRulesScreen.tsx'), 'AreaRulesScreen'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    access,
    map,
    trends.addChildren([
      trendsStart,
      trendCourse,
      trendGroups,
      trendCommunes,
      trendRhythm,
      trendConcentration,
      trendAlerts,
      trendReporting,
    ]),
    areas.addChildren([areasStart, areaBoard, areaList, areaPending, areaTasks, areaCandidates, areaListImport]),
    areaMarking,
    area,
    areaSheet,
    areaEdit,
    targets,
    imports,
    firstRun,
    ownAccount,
    administration.addChildren([administrationStart, accounts, audit, settings, areaRules]),
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
    /** Months shown when the address names no period, for the screen and those inside it; absent = 12. */
    defaultMonths?: number;
  }
}
