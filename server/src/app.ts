import {
  commitImport,
  deleteImport,
  getBoundaryImport,
  getCommuneCounts,
  getCommuneStory,
  getCommunes,
  getHexes,
  getHexStory,
  getImport,
  getImportPreview,
  getMeta,
  getTrends,
  importErrorsPath,
  importEventsPath,
  listImports,
  postBoundaryImport,
  postImport,
  remapImport,
  undoImport,
} from '@diemnong/contracts';
import express, { type Express } from 'express';
import type { AppContext } from './app-context.ts';
import { describeBoundaryImport, receiveBoundaryFile } from './features/boundaries/boundaries-handlers.ts';
import { listCommuneCounts, listCommunes, tellCommuneStory } from './features/communes/communes-handlers.ts';
import { listHexes, tellHexStory } from './features/hexes/hexes-handlers.ts';
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
import { describeLayer, sendBasemap, sendTile } from './features/tiles/tiles-handlers.ts';
import { listTrends } from './features/trends/trends-handlers.ts';
import { createBodyCache } from './http/encoded-body.ts';
import { errorHandler } from './http/error-handler.ts';
import { answerHealth, answerMetrics, answerReadiness } from './http/health.ts';
import { originCheck } from './http/origin-check.ts';
import { securityHeaders } from './http/security-headers.ts';
import { serve } from './http/serve.ts';
import { serveClient, unknownRoute } from './http/static-files.ts';

/** THE route table: one line per endpoint. */
export function createApp(context: AppContext): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false); // hot answers carry their own tag; hashing every body costs most of the throughput
  app.set('query parser', 'simple');
  app.use(securityHeaders);

  app.get('/healthz', answerHealth);
  app.get('/readyz', answerReadiness(context));
  app.get('/metrics', answerMetrics(context));

  app.use('/api', originCheck, express.json({ limit: '1mb' }));
  const versioned = { version: () => context.version.current(), bodies: createBodyCache() };
  serve(app, getMeta, () => describePlatform(context), versioned);
  serve(app, getCommunes, ({ query }) => listCommunes(context, query), versioned);
  serve(app, getCommuneCounts, ({ query }) => listCommuneCounts(context, query), versioned);
  serve(app, getCommuneStory, ({ params, query }) => tellCommuneStory(context, params.code, query), versioned);
  serve(app, getHexes, ({ query }, http) => listHexes(context, query, http), versioned);
  serve(app, getHexStory, ({ params, query }) => tellHexStory(context, params.cell, query), versioned);
  serve(app, getTrends, ({ query }) => listTrends(context, query), versioned);

  serve(app, postBoundaryImport, (_, http) => receiveBoundaryFile(context, http), { status: 202 });
  serve(app, getBoundaryImport, ({ params }) => describeBoundaryImport(context, params.id));

  serve(app, postImport, (_, http) => receiveImport(context, http), { status: 202 });
  serve(app, listImports, () => listBatches(context));
  serve(app, getImport, ({ params }) => describeBatch(context, params.id));
  serve(app, getImportPreview, ({ params }) => previewBatch(context, params.id));
  serve(app, remapImport, ({ params, body }) => rereadBatch(context, params.id, body), { status: 202 });
  serve(app, commitImport, ({ params }) => commitBatch(context, params.id));
  serve(app, undoImport, ({ params }) => undoBatch(context, params.id));
  serve(app, deleteImport, ({ params }) => dropBatch(context, params.id));
  app.get(importEventsPath, (request, response) => followBatch(context, request, response));
  app.get(importErrorsPath, (request, response) => sendErrorWorkbook(context, request, response));

  app.get('/tiles/:layer.json', (request, response) => describeLayer(context, request, response));
  app.get('/tiles/:layer/:z/:x/:y.mvt', (request, response) => sendTile(context, request, response));
  app.get('/basemap.pmtiles', (request, response) => sendBasemap(context, request, response));

  app.use('/api', unknownRoute);
  app.use(serveClient());
  app.use(errorHandler(context.log));
  return app;
}
