import { createHash, randomUUID } from 'node:crypto';
import { type AreaPlace, approvedEventTypes } from '@diemnong/contracts';
import {
  type DemoArea,
  type DemoAreaEvent,
  generateDemoAreas,
  generateDemoIncidents,
  generateDemoProvince,
} from '@diemnong/data';
import type { Knex } from 'knex';
import { recordAudit, serverActor } from '../access/record-audit.ts';
import { systemScope } from '../access/scope.ts';
import type { AppContext } from '../app-context.ts';
import { shapeOf } from '../features/areas/area-shape.ts';
import {
  type DemoAreaRow,
  type DemoEventRow,
  type DemoFileRow,
  findProvinceWithoutAreas,
  insertDemoAreas,
  lockAreas,
} from './demo-areas-queries.ts';
import { writeDecision } from './demo-decision.ts';

/**
 * Give the demonstration its hot-spot areas: after its accounts, whose names they bear. One that was created before there were
 * areas gets them too; its records stay as they are. Nothing happens where any area is there already.
 * @param generated those of a province created just now; worked out again where there are none.
 * @param say told what is going on, one line at a time.
 */
export async function addDemonstrationAreas(
  { db, configuration }: Pick<AppContext, 'db' | 'configuration'>,
  generated: readonly DemoArea[] | undefined,
  say: (text: string) => void,
): Promise<void> {
  if (!(configuration.demo ?? db.engine === 'embedded')) return;
  const found = await db.transaction(systemScope, findProvinceWithoutAreas);
  if (found === undefined) return;
  const started = performance.now();
  if (generated === undefined) say('Đang thêm địa bàn mô phỏng (một lần)… (Adding the simulated areas, once.)');
  const areas = generated ?? generateAreas(found.seed);
  await db.transaction(systemScope, async (transaction) => {
    await lockAreas(transaction);
    if ((await findProvinceWithoutAreas(transaction)) === undefined) return; // another process was quicker
    const rows = await prepareRows(transaction, areas, found.provinceCode);
    await insertDemoAreas(transaction, rows.areas, rows.events, rows.files);
    await recordAudit(transaction, serverActor, {
      action: 'area.list_imported',
      target: `province/${found.provinceCode}`,
      after: { demo: true, areas: rows.areas.length, events: rows.events.length, files: rows.files.length },
    });
  });
  say(
    `Đã thêm ${areas.length} địa bàn mô phỏng trong ${((performance.now() - started) / 1000).toFixed(0)} giây. (Areas added.)`,
  );
}

function generateAreas(seed: number): DemoArea[] {
  const province = generateDemoProvince({ seed });
  return generateDemoAreas(province, generateDemoIncidents(province, { seed }), { seed });
}

type Rows = { areas: DemoAreaRow[]; events: DemoEventRow[]; files: DemoFileRow[] };

async function prepareRows(
  transaction: Knex.Transaction,
  areas: readonly DemoArea[],
  provinceCode: string,
): Promise<Rows> {
  const rows: Rows = { areas: [], events: [], files: [] };
  const ids = new Map(areas.map(({ number }) => [number, randomUUID() as string]));
  const idOf = (number: number) => ids.get(number) ?? '';
  for (const { events, polygon, truth: _, parents, communeCode, ...area } of areas) {
    const id = idOf(area.number);
    const shape = await shapeOf(transaction, provinceCode, placeOf(area.origin, communeCode, polygon));
    const [first] = events;
    rows.areas.push({
      ...area,
      id,
      parents: parents.map(idOf),
      shape,
      createdAt: new Date(first?.enteredAt ?? 0).toISOString(),
      enteredBy: first?.enteredBy ?? '',
    });
    const eventIds = events.map(() => randomUUID() as string);
    events.forEach((event, position) => {
      const file = writeFileOf(area, event);
      if (file !== undefined) rows.files.push({ ...file, areaId: id });
      rows.events.push(eventRow(event, eventIds[position] ?? '', id, file, eventIds));
    });
  }
  return rows;
}

function placeOf(origin: DemoArea['origin'], communeCode: string, polygon: DemoArea['polygon']): AreaPlace {
  if (origin === 'commune') return { communeCode };
  if (polygon.length === 0) return { undrawnIn: communeCode };
  return { polygon: { type: 'MultiPolygon', coordinates: polygon }, snapM: 0 };
}

function eventRow(
  event: DemoAreaEvent,
  id: string,
  areaId: string,
  file: { id: string } | undefined,
  eventIds: readonly string[],
): DemoEventRow {
  const { approval, enteredAt, decidedAt, supersedes } = event;
  const isDecided = approval === 'approved' || approval === 'refused';
  return {
    id,
    areaId,
    type: event.type,
    on: event.on,
    year: event.year ?? null,
    decisionNumber: event.decisionNumber ?? null,
    decisionDate: event.decisionDate ?? null,
    note: event.note ?? null,
    reason: event.reason ?? null,
    measure: event.measure ?? null,
    conditions: event.conditions ?? null,
    files: file === undefined ? [] : [file.id],
    supersedes: supersedes === undefined ? null : (eventIds[supersedes] ?? null),
    needsApproval: (approvedEventTypes as readonly string[]).includes(event.type),
    enteredBy: event.enteredBy,
    enteredAt: new Date(enteredAt).toISOString(),
    decision: isDecided ? approval : null,
    decisionReason: event.decisionReason,
    decidedBy: event.decidedBy,
    decidedAt: decidedAt === null ? null : new Date(decidedAt).toISOString(),
  };
}

const TITLES: Partial<Record<DemoAreaEvent['type'], string>> = {
  listed: 'Quyết định đưa địa bàn vào diện chuyển hoá',
  carried_over: 'Quyết định chuyển tiếp địa bàn sang năm sau',
  assessed_success: 'Quyết định công nhận kết quả chuyển hoá',
};

/** The file of a decision; older listings and some others have none, as in offices. */
function writeFileOf(
  { number, name }: Pick<DemoArea, 'number' | 'name'>,
  { type, on, year, decisionNumber, approval, enteredAt, enteredBy }: DemoAreaEvent,
): Omit<DemoFileRow, 'areaId'> | undefined {
  const title = TITLES[type];
  if (title === undefined || decisionNumber === undefined || approval !== 'approved') return undefined;
  if (on < '2024-01-01' || number % 7 === 0) return undefined;
  const content = writeDecision([
    title,
    `Số: ${decisionNumber}, ngày ${on.split('-').toReversed().join('/')}`,
    `Địa bàn: ${name} (ĐB-${String(number).padStart(3, '0')})`,
    ...(year === undefined ? [] : [`Năm: ${year}`]),
    'Tỉnh Mẫu, xã phường, địa bàn và quyết định này đều không có thật.',
  ]);
  return {
    id: randomUUID(),
    name: `${decisionNumber.replace('/', '-')} (mô phỏng).docx`,
    sha256: createHash('sha256').update(content).digest('hex'),
    content: content.toString('hex'),
    uploadedBy: enteredBy,
    uploadedAt: new Date(enteredAt).toISOString(),
  };
}
