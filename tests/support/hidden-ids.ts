import { randomUUID } from 'node:crypto';
import { OWN_COMMUNE } from './access-matrix.ts';
import type { AccessStage, Asker } from './access-stage.ts';

/** A route that names an object by its id, with an id that is hidden from the asker and one that does not exist. */
export type HiddenId = {
  name: string;
  method: string;
  path(id: string): string;
  body?: unknown;
  hidden: string;
  missing: string;
};

const year = 'from=2022-01-01&to=2023-01-01';

/** Every such route, for a commune account of another commune and the objects of `OWN_COMMUNE`. */
export function listHiddenIds(stage: AccessStage, owner: Asker): HiddenId[] {
  const batch = (method: string, suffix = '', body?: unknown): HiddenId => ({
    name: `${method} /api/imports/:id${suffix}`,
    method,
    path: (id) => `/api/imports/${id}${suffix}`,
    body,
    hidden: stage.batch,
    missing: randomUUID(),
  });
  return [
    batch('GET'),
    batch('GET', '/preview'),
    batch('GET', '/events'),
    batch('GET', '/errors.xlsx'),
    batch('POST', '/remap', {}),
    batch('POST', '/commit'),
    batch('POST', '/undo'),
    batch('DELETE'),
    {
      name: 'GET /api/areas/:id',
      method: 'GET',
      path: (id) => `/api/areas/${id}`,
      hidden: stage.area,
      missing: randomUUID(),
    },
    {
      name: 'GET /api/areas/:id/evidence',
      method: 'GET',
      path: (id) => `/api/areas/${id}/evidence`,
      hidden: stage.area,
      missing: randomUUID(),
    },
    {
      name: 'GET /api/areas/:id/sheet.xlsx',
      method: 'GET',
      path: (id) => `/api/areas/${id}/sheet.xlsx`,
      hidden: stage.area,
      missing: randomUUID(),
    },
    {
      name: 'GET /api/areas/:id/files/:file',
      method: 'GET',
      path: (id) => `/api/areas/${id}/files/${stage.file}`,
      hidden: stage.area,
      missing: randomUUID(),
    },
    {
      name: 'GET /api/area-tasks/:id',
      method: 'GET',
      path: (id) => `/api/area-tasks/${id}`,
      hidden: stage.task,
      missing: randomUUID(),
    },
    {
      name: 'GET /api/communes/:code',
      method: 'GET',
      path: (code) => `/api/communes/${code}?${year}`,
      hidden: OWN_COMMUNE,
      missing: '19999',
    },
    {
      // Cells of the small province: one of `OWN_COMMUNE`, and one that no commune owns.
      name: 'GET /api/hotspots/:cell',
      method: 'GET',
      path: (cell) => `/api/hotspots/${cell}?${year}`,
      hidden: '88414354c7fffff',
      missing: '88415a2d1bfffff',
    },
    ...['POST', 'DELETE'].map((method) => ({
      name: `${method} /api/reporting/:commune/:month`,
      method,
      path: (code: string) => `/api/reporting/${code}/2022-02`,
      hidden: OWN_COMMUNE,
      missing: '19999',
    })),
    {
      name: 'DELETE /api/sessions/:id',
      method: 'DELETE',
      path: (id) => `/api/sessions/${id}`,
      hidden: owner.sessionId ?? '',
      missing: randomUUID(),
    },
  ];
}

/** What an answer tells besides the id that was asked for, and besides the moment. */
export async function describeAnswer(asker: Asker, { method, path, body }: HiddenId, id: string): Promise<object> {
  const answer = await asker.fetch(path(id), {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const headers = [...answer.headers].filter(([name]) => name !== 'date');
  return { status: answer.status, headers, body: (await answer.text()).replaceAll(id, '<id>') };
}
