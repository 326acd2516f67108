import { type AreaAnswer, type AreaEvent, type AreaPlace, type ErrorResponse, getArea } from '@diemnong/contracts';
import { afterAll, beforeAll } from 'vitest';
import type { TestDatabase } from '../support/database.ts';
import { fillSmallProvince } from '../support/small-province.ts';
import { startTestApp, type TestApp, type TestVisitor } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

/** What an answer holds, or why it was refused. */
export type Answer = { status: number; body: AreaAnswer & Partial<ErrorResponse> };

/** The small province with two planners: one enters, the other one agrees. */
export type AreasStage = {
  db: TestDatabase;
  app: TestApp;
  planner: TestVisitor;
  second: TestVisitor;
};

/** Communes of the small province lie in a 3 × 2 grid from here, 0.04° wide and high. */
const [WEST, SOUTH, SIDE] = [106, 20.6, 0.04];

/** A rectangle in sides of a commune from the south-west corner: [0, 0, 1, 1] is commune 10001. */
export function rectangle(x0: number, y0: number, x1: number, y1: number): number[][][] {
  const at = (x: number, y: number) => [WEST + x * SIDE, SOUTH + y * SIDE];
  return [[at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1), at(x0, y0)]];
}

export function polygonPlace(...polygons: number[][][][]): AreaPlace {
  return { polygon: { type: 'MultiPolygon', coordinates: polygons }, snapM: 0 };
}

/** A quarter of commune 10001. */
export const quarter = polygonPlace(rectangle(0.1, 0.1, 0.6, 0.6));

export function openAreasStage(open: () => Promise<TestDatabase>): AreasStage {
  const stage = {} as AreasStage;
  beforeAll(async () => {
    stage.db = await open();
    await fillSmallProvince(stage.db);
    stage.app = await startTestApp(createTestContext(stage.db));
    stage.planner = await stage.app.as('planner', { username: 'quyhoach' });
    stage.second = await stage.app.as('province', { username: 'congan' });
  });
  afterAll(async () => {
    await stage.app?.close();
    await stage.db?.close();
  });
  return stage;
}

let marked = 0;

/** A new area by its first step; answers its id. */
export async function mark(visitor: TestVisitor, body: Record<string, unknown> = {}): Promise<string> {
  const answer = await visitor.send<Answer['body']>('POST', '/api/areas', {
    name: `Chợ số ${++marked}`,
    types: [1],
    place: quarter,
    proposedOn: '2023-01-10',
    ...body,
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body.area.id;
}

export function enter(visitor: TestVisitor, id: string, event: Record<string, unknown>): Promise<Answer> {
  return visitor.send('POST', `/api/areas/${id}/events`, event);
}

export function approve(visitor: TestVisitor, id: string, event: string, body: unknown = {}): Promise<Answer> {
  return visitor.send('POST', `/api/areas/${id}/events/${event}/approve`, body);
}

export async function read(visitor: TestVisitor, id: string, asOf?: string): Promise<AreaAnswer['area']> {
  const { body } = await visitor.get<AreaAnswer>(
    `/api/areas/${id}${asOf === undefined ? '' : `?asOf=${asOf}`}`,
    getArea,
  );
  return body.area;
}

/** The step that was entered last. */
export function newest(answer: Answer): AreaEvent {
  const event = answer.body.area.events.toSorted((a, b) => b.sequence - a.sequence)[0];
  if (event === undefined) throw new Error('the area has no step');
  return event;
}

/** What a step of each type needs besides its day. */
export function needed(type: string): Record<string, unknown> {
  if (type === 'measure') return { measure: { kind: 'camera', from: '2023-01-01', to: null, quantity: 4 } };
  if (type === 'assessed_success' || type === 'assessed_not_yet')
    return { conditions: [{ id: 'clearance', met: true, value: 0.9 }] };
  return ['rejected', 'relapsed', 'withdrawn'].includes(type) ? { reason: 'Theo báo cáo của xã' } : {};
}

/** Take steps one after the other, each agreed to where that is needed: `type:day` or `type:day:year`. */
export async function take({ planner, second }: AreasStage, id: string, steps: string): Promise<AreaEvent[]> {
  const taken: AreaEvent[] = [];
  for (const words of steps.split(' ')) {
    const [type = '', on, year] = words.split(':');
    const answer = await enter(planner, id, {
      type,
      on,
      ...needed(type),
      ...(year === undefined ? {} : { year: Number(year) }),
    });
    if (answer.status !== 201) throw new Error(`${words}: ${JSON.stringify(answer.body)}`);
    const event = newest(answer);
    taken.push(event);
    if (event.approval === 'pending') {
      const agreed = await approve(second, id, event.id);
      if (agreed.status !== 200) throw new Error(`${words}: ${JSON.stringify(agreed.body)}`);
    }
  }
  return taken;
}
