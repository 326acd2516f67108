import {
  approveAreaEvent,
  approveAreaEvents,
  areaExportPath,
  areaFilePath,
  areaListTemplatePath,
  areasExportPath,
  auditExportPath,
  commitImport,
  confirmNoIncident,
  confirmTotp,
  decideAlert,
  decideAreaTask,
  deleteImport,
  deleteSession,
  deleteTotp,
  getAlert,
  getArea,
  getAreaEvidence,
  getAreaRules,
  getAreaTask,
  getBoundaryImport,
  getChanges,
  getCommuneCounts,
  getCommuneRanking,
  getCommuneStory,
  getCommunes,
  getConcentration,
  getCumulative,
  getGroupTable,
  getHexes,
  getHexStory,
  getHotspotStory,
  getHotspots,
  getHourWeekday,
  getImport,
  getImportPreview,
  getMeta,
  getReporting,
  getSeason,
  getSession,
  getSettings,
  getSignIn,
  getTargets,
  getTrends,
  importErrorsPath,
  importEventsPath,
  listAccountSessions,
  listAccounts,
  listAlerts,
  listAreaCandidates,
  listAreaShapes,
  listAreas,
  listAreaTasks,
  listAudit,
  listImports,
  listPendingEvents,
  listReadings,
  listSessions,
  mergeAreas,
  oidcCallbackPath,
  oidcStartPath,
  patchAccount,
  patchArea,
  patchSettings,
  postAccount,
  postArea,
  postAreaEvent,
  postAreaFile,
  postAreaList,
  postAreaRules,
  postBoundaryImport,
  postImport,
  postPassword,
  postSession,
  postTotp,
  refuseAreaCandidate,
  remapImport,
  resetAccountPassword,
  retractNoIncident,
  revokeAccountSessions,
  revokeSession,
  splitArea,
  undoImport,
  verifyAudit,
} from '@diemnong/contracts';
import express, { type Express } from 'express';
import type { AppContext } from './app-context.ts';
import {
  changeAccount,
  createAccount,
  describeAccountSessions,
  endAccountSessions,
  listAllAccounts,
  resetPassword,
} from './features/accounts/accounts-handlers.ts';
import { decideAboutAlert, describeAlert, listAllAlerts } from './features/alerts/alerts-handlers.ts';
import { listCandidates, refuseCandidate } from './features/area-candidates/area-candidates-handlers.ts';
import { answerEvidence, answerReadings } from './features/area-evidence/area-evidence-handlers.ts';
import { receiveAreaFile, sendAreaFile } from './features/area-files/area-files-handlers.ts';
import { sendAreasWorkbook, sendAreaWorkbook } from './features/area-lists/area-exports-handlers.ts';
import { receiveAreaList, sendListTemplate } from './features/area-lists/area-lists-handlers.ts';
import { decideAboutTask, listTasks, tellTask } from './features/area-tasks/area-tasks-handlers.ts';
import { addEvent, approveSeveral, decideOneEvent, listPending } from './features/areas/area-events-handlers.ts';
import { changeRules, describeRules } from './features/areas/area-rules-handlers.ts';
import {
  changeArea,
  getOneArea,
  listAllAreas,
  listShapes,
  markArea,
  mergeSeveralAreas,
  splitOneArea,
} from './features/areas/areas-handlers.ts';
import { checkLog, listLog, sendLogWorkbook } from './features/audit/audit-handlers.ts';
import { describeBoundaryImport, receiveBoundaryFile } from './features/boundaries/boundaries-handlers.ts';
import { getChart, sendChart } from './features/charts/charts-handlers.ts';
import { listCommuneCounts, listCommunes, tellCommuneStory } from './features/communes/communes-handlers.ts';
import { listHexes, tellHexStory } from './features/hexes/hexes-handlers.ts';
import { listHotspots, tellHotspotStory } from './features/hotspots/hotspots-handlers.ts';
import {
  commitBatch,
  describeBatch,
  dropBatch,
  followBatch,
  listBatches,
  previewBatch,
  receiveImport,
  rereadBatch,
  sendErrorWorkbook,
  undoBatch,
} from './features/imports/imports-handlers.ts';
import { describePlatform } from './features/meta/meta-handlers.ts';
import { confirmMonth, listReporting, retractMonth } from './features/reporting/reporting-handlers.ts';
import { currentMonth } from './features/reporting/reporting-rules.ts';
import { beginOidc, finishOidc } from './features/sessions/oidc-handlers.ts';
import {
  changePassword,
  describeSession,
  describeSignIn,
  endOwnSession,
  listOwnSessions,
  signOut,
} from './features/sessions/sessions-handlers.ts';
import { signIn } from './features/sessions/sign-in.ts';
import { beginTotp, finishTotp, removeTotp } from './features/sessions/totp-handlers.ts';
import { changeSettings, describeSettings } from './features/settings/settings-handlers.ts';
import { answerTargets } from './features/targets/targets-handlers.ts';
import { describeLayer, sendBasemap, sendTile } from './features/tiles/tiles-handlers.ts';
import {
  answerChanges,
  answerConcentration,
  answerCumulative,
  answerGroups,
  answerHourWeekday,
  answerRanking,
  answerSeason,
  listTrends,
} from './features/trends/trends-handlers.ts';
import { createBodyCache } from './http/encoded-body.ts';
import { errorHandler } from './http/error-handler.ts';
import { answerHealth, answerMetrics, answerReadiness } from './http/health.ts';
import { allow, identityOf } from './http/identify.ts';
import { originCheck } from './http/origin-check.ts';
import { securityHeaders } from './http/security-headers.ts';
import { serve, servePublic } from './http/serve.ts';
import { serveClient, unknownRoute } from './http/static-files.ts';

/** THE route table: one line per endpoint, with what an account must be allowed (contracts/access.ts) to use it. */
export function createApp(context: AppContext): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false); // hot answers carry their own tag; hashing every body costs most of the throughput
  app.set('query parser', 'simple');
  app.set('trust proxy', context.configuration.trustProxy);
  app.use(securityHeaders);

  app.get('/healthz', answerHealth);
  app.get('/readyz', answerReadiness(context));
  app.get('/metrics', answerMetrics(context));

  app.use('/api', originCheck(context.configuration), express.json({ limit: '1mb' }));
  const to = { app, context };
  const versioned = { version: () => context.version.current(), bodies: createBodyCache() };

  servePublic(app, getSignIn, () => describeSignIn(context));
  servePublic(app, postSession, ({ body }, http) => signIn(context, body, http));
  servePublic(app, deleteSession, (_, http) => signOut(context, http));
  app.get(oidcStartPath, (request, response) => beginOidc(context, request, response));
  app.get(oidcCallbackPath, (request, response) => finishOidc(context, request, response));
  serve(to, getSession, 'session', (_, { identity }) => describeSession(context, identity));
  serve(to, postPassword, 'session', ({ body }, http) => changePassword(context, body, http));
  serve(to, postTotp, 'session', ({ body }, http) => beginTotp(context, body, http));
  serve(to, confirmTotp, 'session', ({ body }, http) => finishTotp(context, body, http));
  serve(to, deleteTotp, 'session', ({ body }, http) => removeTotp(context, body, http));
  serve(to, listSessions, 'session', (_, { identity }) => listOwnSessions(context, identity));
  serve(to, revokeSession, 'session', ({ params }, http) => endOwnSession(context, params.id, http));

  serve(to, listAccounts, 'accounts', (_, { identity }) => listAllAccounts(context, identity));
  serve(to, postAccount, 'accounts', ({ body }, http) => createAccount(context, body, http), { status: 201 });
  serve(to, patchAccount, 'accounts', ({ params, body }, http) => changeAccount(context, params.id, body, http));
  serve(to, resetAccountPassword, 'accounts', ({ params }, http) => resetPassword(context, params.id, http));
  serve(to, listAccountSessions, 'accounts', ({ params }, http) => describeAccountSessions(context, params.id, http));
  serve(to, revokeAccountSessions, 'accounts', ({ params }, http) => endAccountSessions(context, params.id, http));

  serve(to, listAudit, 'audit', ({ query }, http) => listLog(context, query, http));
  serve(to, verifyAudit, 'audit', (_, { identity }) => checkLog(context, identity));
  app.get(auditExportPath, allow(context, 'audit'), (request, response) =>
    sendLogWorkbook(context, identityOf(response), request, response),
  );
  serve(to, getSettings, 'settings', (_, { identity }) => describeSettings(context, identity));
  serve(to, patchSettings, 'settings', ({ body }, { identity }) => changeSettings(context, body, identity));

  serve(to, getMeta, 'map', (_, http) => describePlatform(context, http), versioned);
  serve(to, getCommunes, 'map', ({ query }, http) => listCommunes(context, query, http), versioned);
  serve(to, getCommuneCounts, 'map', ({ query }, http) => listCommuneCounts(context, query, http), versioned);
  serve(
    to,
    getCommuneStory,
    'map',
    ({ params, query }, http) => tellCommuneStory(context, params.code, query, http),
    versioned,
  );
  serve(to, getHexes, 'map', ({ query }, http) => listHexes(context, query, http), versioned);
  serve(
    to,
    getHexStory,
    'map',
    ({ params, query }, http) => tellHexStory(context, params.cell, query, http),
    versioned,
  );
  serve(to, getHotspots, 'analysis', ({ query }, http) => listHotspots(context, query, http), versioned);
  serve(
    to,
    getHotspotStory,
    'analysis',
    ({ params, query }, http) => tellHotspotStory(context, params.cell, query, http),
    versioned,
  );
  // Of an area, whose place changes without the data, nothing is kept.
  const unlessOfArea = async ({ query }: { query: unknown }) => (hasArea(query) ? undefined : versioned.version());
  serve(to, getTrends, 'map', ({ query }, http) => listTrends(context, query, http), {
    ...versioned,
    version: unlessOfArea,
  });
  serve(to, getCumulative, 'analysis', ({ query }, http) => answerCumulative(context, query, http), versioned);
  serve(to, getSeason, 'analysis', ({ query }, http) => answerSeason(context, query, http), versioned);
  serve(to, getGroupTable, 'analysis', ({ query }, http) => answerGroups(context, query, http), versioned);
  serve(to, getCommuneRanking, 'analysis', ({ query }, http) => answerRanking(context, query, http), versioned);
  serve(to, getChanges, 'analysis', ({ query }, http) => answerChanges(context, query, http), versioned);
  serve(to, getHourWeekday, 'analysis', ({ query }, http) => answerHourWeekday(context, query, http), versioned);
  serve(to, getConcentration, 'analysis', ({ query }, http) => answerConcentration(context, query, http), versioned);
  serve(to, getChart, 'analysis', (request, http) => sendChart(context, request, http), { version: unlessOfArea });

  // Whether a month is over changes without the data.
  const monthly = { ...versioned, version: async () => (await versioned.version()) * 100_000 + currentMonth() };
  serve(to, getReporting, 'analysis', ({ query }, { identity }) => listReporting(context, query, identity), monthly);
  serve(to, confirmNoIncident, 'reporting', ({ params }, { identity }) => confirmMonth(context, params, identity));
  serve(to, retractNoIncident, 'reporting', ({ params }, { identity }) => retractMonth(context, params, identity));
  serve(to, listAlerts, 'analysis', ({ query }, { identity }) => listAllAlerts(context, query, identity));
  serve(to, getAlert, 'analysis', ({ params }, { identity }) => describeAlert(context, params.id, identity));
  serve(to, decideAlert, 'alerts', ({ params, body }, { identity }) =>
    decideAboutAlert(context, params.id, body, identity),
  );

  serve(to, getAreaEvidence, 'analysis', ({ params, query }, { identity }) =>
    answerEvidence(context, params.id, query, identity),
  );
  serve(to, listReadings, 'analysis', ({ query }, { identity }) => answerReadings(context, query, identity));
  serve(to, listAreaTasks, 'analysis', ({ query }, { identity }) => listTasks(context, query, identity));
  serve(to, getAreaTask, 'analysis', ({ params }, { identity }) => tellTask(context, params.id, identity));
  serve(to, decideAreaTask, 'planning', ({ params, body }, { identity }) =>
    decideAboutTask(context, params.id, body, identity),
  );
  serve(to, listAreaCandidates, 'analysis', ({ query }, { identity }) => listCandidates(context, query, identity));
  serve(to, refuseAreaCandidate, 'planning', ({ body }, { identity }) => refuseCandidate(context, body, identity));
  serve(to, getTargets, 'analysis', ({ query }, { identity }) => answerTargets(context, query, identity));
  serve(to, postAreaList, 'planning', (_, http) => receiveAreaList(context, http));
  app.get(areaListTemplatePath, allow(context, 'planning'), (_, response) => sendListTemplate(response));
  app.get(areasExportPath, allow(context, 'analysis'), (request, response) =>
    sendAreasWorkbook(context, identityOf(response), request, response),
  );
  app.get(areaExportPath, allow(context, 'analysis'), (request, response) =>
    sendAreaWorkbook(context, identityOf(response), request, response),
  );
  serve(to, postAreaFile, 'planning', ({ params }, http) => receiveAreaFile(context, params.id, http), { status: 201 });
  app.get(areaFilePath, allow(context, 'analysis'), (request, response) =>
    sendAreaFile(context, identityOf(response), request, response),
  );
  serve(to, listAreas, 'analysis', ({ query }, { identity }) => listAllAreas(context, query, identity));
  serve(to, postArea, 'planning', ({ body }, { identity }) => markArea(context, body, identity), { status: 201 });
  // Before `/api/areas/:id`, whose id they would be.
  serve(to, listAreaShapes, 'analysis', ({ query }, { identity }) => listShapes(context, query, identity));
  serve(to, getAreaRules, 'analysis', ({ query }, { identity }) => describeRules(context, query, identity));
  serve(to, postAreaRules, 'settings', ({ body }, { identity }) => changeRules(context, body, identity));
  serve(to, listPendingEvents, 'analysis', (_, { identity }) => listPending(context, identity));
  serve(to, approveAreaEvents, 'planning', ({ body }, { identity }) => approveSeveral(context, body.events, identity));
  serve(to, mergeAreas, 'planning', ({ body }, { identity }) => mergeSeveralAreas(context, body, identity));
  serve(to, getArea, 'analysis', ({ params, query }, { identity }) =>
    getOneArea(context, params.id, query.asOf, identity),
  );
  serve(to, patchArea, 'planning', ({ params, body }, { identity }) => changeArea(context, params.id, body, identity));
  serve(to, splitArea, 'planning', ({ params, body }, { identity }) =>
    splitOneArea(context, params.id, body, identity),
  );
  serve(
    to,
    postAreaEvent,
    'planning',
    ({ params, body }, { identity }) => addEvent(context, params.id, body, identity),
    { status: 201 },
  );
  serve(to, approveAreaEvent, 'planning', ({ params, body }, { identity }) =>
    decideOneEvent(context, params, body, identity),
  );

  serve(to, postBoundaryImport, 'boundaries', (_, http) => receiveBoundaryFile(context, http), { status: 202 });
  serve(to, getBoundaryImport, 'boundaries', ({ params }) => describeBoundaryImport(context, params.id));

  serve(to, postImport, 'imports', (_, http) => receiveImport(context, http), { status: 202 });
  serve(to, listImports, 'imports', (_, { identity }) => listBatches(context, identity));
  serve(to, getImport, 'imports', ({ params }, { identity }) => describeBatch(context, params.id, identity));
  serve(to, getImportPreview, 'imports', ({ params }, { identity }) => previewBatch(context, params.id, identity));
  serve(to, remapImport, 'imports', ({ params, body }, http) => rereadBatch(context, params.id, body, http.identity), {
    status: 202,
  });
  serve(to, commitImport, 'imports', ({ params }, { identity }) => commitBatch(context, params.id, identity));
  serve(to, undoImport, 'imports', ({ params }, { identity }) => undoBatch(context, params.id, identity));
  serve(to, deleteImport, 'imports', ({ params }, { identity }) => dropBatch(context, params.id, identity));
  app.get(importEventsPath, allow(context, 'imports'), (request, response) =>
    followBatch(context, identityOf(response), request, response),
  );
  app.get(importErrorsPath, allow(context, 'imports'), (request, response) =>
    sendErrorWorkbook(context, identityOf(response), request, response),
  );

  app.get('/tiles/:layer.json', allow(context, 'map'), (request, response) =>
    describeLayer(context, request, response),
  );
  app.get('/tiles/:layer/:z/:x/:y.mvt', allow(context, 'map'), (request, response) =>
    sendTile(context, request, response),
  );
  app.get('/basemap.pmtiles', allow(context, 'map'), (request, response) => sendBasemap(context, request, response));

  app.use('/api', unknownRoute);
  app.use(serveClient());
  app.use(errorHandler(context.log));
  return app;
}

function hasArea(query: unknown): boolean {
  return typeof query === 'object' && query !== null && 'area' in query && query.area !== undefined;
}
