import { PassThrough, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AreasExportQuery } from '@diemnong/contracts';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Identity } from '../../access/identity.ts';
import { recordAudit } from '../../access/record-audit.ts';
import type { AppContext } from '../../app-context.ts';
import { parse } from '../../http/serve.ts';
import { readYear } from '../area-evidence/area-readings.ts';
import { tellEvidence } from '../area-evidence/tell-evidence.ts';
import { describeArea } from '../areas/area-detail.ts';
import { type EventRow, listEvents } from '../areas/area-events-queries.ts';
import { listAreaRows } from '../areas/areas-queries.ts';
import { today } from '../areas/today.ts';
import { textKey } from '../imports/rows/text-key.ts';
import { readTargets } from '../targets/read-targets.ts';
import { hasDemonstration } from './area-lists-queries.ts';
import { codeOf, type SheetEvent, writeAreasWorkbook, writeAreaWorkbook } from './areas-workbook.ts';
import { levelWords, statusWords, typesInWords } from './sheet-words.ts';

type Context = Pick<AppContext, 'db' | 'snapshots'>;

/** Areas whose steps are read at a time. */
const PAGE = 200;

/**
 * GET /api/areas.xlsx: the areas of the filter with their steps, the targets of the year (default: that of `asOf`) and, with a
 * year, the readings. The export is an entry of the log, written before the first byte is sent.
 * Errors: `invalid_input`.
 */
export async function sendAreasWorkbook(
  context: Context,
  identity: Identity,
  request: Request,
  response: Response,
): Promise<void> {
  const { lang, ...filter } = parse(AreasExportQuery, request.query, 'query') as z.output<typeof AreasExportQuery>;
  const { db, snapshots } = context;
  const { scope } = identity;
  const { asOf = today(), text = '', status, limit, ...selection } = filter;
  const year = filter.year ?? Number(asOf.slice(0, 4));
  const { matching, targets } = await db.transaction(
    scope,
    async (transaction) => ({
      matching: (await listAreaRows(transaction, { asOf, ...selection })).filter(
        (area) => (status === undefined || area.status === status) && textKey(area.name).includes(textKey(text)),
      ),
      targets: await readTargets(transaction, { year, asOf, cohort: 'previous-year' }),
    }),
    { snapshot: true },
  );
  const areas = matching.slice(0, limit);
  const readings =
    filter.year === undefined
      ? null
      : await snapshots.read(scope, (source) => readYear(snapshots, scope, source, { year, asOf: filter.asOf }));
  const isSimulated = await db.transaction(identity.scope, async (transaction) => {
    const isDemo = await hasDemonstration(transaction);
    const after = { ...filter, areas: areas.length };
    await recordAudit(transaction, identity, { action: 'export.made', target: 'areas.xlsx', after });
    return isDemo;
  });
  async function* events(): AsyncGenerator<SheetEvent[]> {
    for (let from = 0; from < areas.length && !response.destroyed; from += PAGE) {
      const ids = areas.slice(from, from + PAGE).map(({ id }) => id);
      const rows = await db.transaction(identity.scope, (transaction) => listEvents(transaction, ids));
      const place = new Map(ids.map((id, i) => [id, i]));
      // By area in the order of the list, each in order of effect.
      yield rows.sort((a, b) => (place.get(a.areaId) ?? 0) - (place.get(b.areaId) ?? 0)).map(toSheetEvent);
    }
  }
  const lines = areas.length < matching.length ? [`${areas.length}/${matching.length}`] : [];
  await sendWorkbook(response, 'dia-ban.xlsx', (out) =>
    writeAreasWorkbook(out, {
      areas,
      events: events(),
      targets,
      readings,
      facts: { asOf, isSimulated, lines },
      language: lang,
    }),
  );
}

const Params = z.object({ id: z.uuid() });
const Query = z.object({ lang: z.enum(['vi', 'en']).default('vi') });

/** GET /api/areas/:id/sheet.xlsx. Errors: `not_found`. */
export async function sendAreaWorkbook(
  context: Context,
  identity: Identity,
  request: Request,
  response: Response,
): Promise<void> {
  const { id } = parse(Params, request.params, 'params') as z.output<typeof Params>;
  const { lang } = parse(Query, request.query, 'query') as z.output<typeof Query>;
  const { db, snapshots } = context;
  const { scope } = identity;
  const { area, asOf } = await db.transaction(scope, (transaction) => describeArea(transaction, identity, id), {
    snapshot: true,
  });
  const evidence = await snapshots.read(scope, (source) =>
    tellEvidence(snapshots, scope, source, { id, asOf: undefined }),
  );
  const isSimulated = await db.transaction(scope, async (transaction) => {
    const isDemo = await hasDemonstration(transaction);
    await recordAudit(transaction, identity, {
      action: 'export.made',
      target: `areas/${id}/sheet.xlsx`,
      after: { lang },
    });
    return isDemo;
  });
  const isVi = lang === 'vi';
  const words: [string, string][] = [
    [isVi ? 'Mã' : 'Code', codeOf(area.number)],
    [isVi ? 'Tên địa bàn' : 'Area', area.name],
    [isVi ? 'Xã, phường' : 'Commune', `${area.commune.name} (${area.commune.code})`],
    [isVi ? 'Loại' : 'Types', typesInWords(area.types, lang)],
    [isVi ? 'Cấp' : 'Level', levelWords[lang][area.level]],
    [isVi ? 'Trạng thái' : 'Status', statusWords[lang][area.status]],
    [isVi ? 'Từ ngày' : 'Since', area.since ?? ''],
    [isVi ? 'Các năm trong diện' : 'Years listed', area.listedYears.join(', ')],
    [isVi ? 'Theo dõi đến' : 'Watched until', area.watchUntil ?? ''],
    [isVi ? 'Diện tích (km²)' : 'Area (km²)', area.areaKm2 === null ? '' : area.areaKm2.toFixed(4)],
    [isVi ? 'Số ô (cấp 10)' : 'Cells (resolution 10)', String(area.cells.length)],
    [isVi ? 'Mô tả' : 'Description', area.description],
  ];
  await sendWorkbook(response, `${isVi ? 'dia-ban' : 'area'}-${area.number}.xlsx`, (out) =>
    writeAreaWorkbook(out, {
      facts: { asOf, isSimulated, lines: [] },
      words,
      events: area.events,
      evidence,
      language: lang,
    }),
  );
}

function toSheetEvent(event: EventRow): SheetEvent {
  return { ...event, enteredAt: event.enteredAt.toISOString() };
}

/** As a download; `write` ends what it is given. */
export async function sendWorkbook(
  response: Response,
  name: string,
  write: (out: Writable) => Promise<void>,
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
  });
  const workbook = new PassThrough();
  try {
    await Promise.all([write(workbook), pipeline(workbook, response)]);
  } catch (error) {
    if (!response.destroyed) throw error; // whoever asked has left
  }
}
