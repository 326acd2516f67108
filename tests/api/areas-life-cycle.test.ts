import {
  type AreaEvent,
  type AreaEventType,
  type AreaStatus,
  type AreasResponse,
  approvedEventTypes,
  areaEventTypes,
  listPendingEvents,
  type PendingEventsResponse,
} from '@diemnong/contracts';
import type { Knex } from 'knex';
import { beforeEach, expect, it } from 'vitest';
import { scopeOf } from '../../server/src/access/scope.ts';
import { readAreaSteps } from '../../server/src/features/areas/area-steps.ts';
import { describeOnBothDatabases } from '../support/database.ts';
import {
  approve,
  enter,
  mark,
  needed,
  newest,
  openAreasStage,
  polygonPlace,
  read,
  rectangle,
  take,
} from './areas-support.ts';

/** A way to each status that can be reached by entering steps, from a proposal on 10 January 2023. */
const ways: Partial<Record<AreaStatus, string>> = {
  proposed: '',
  listed: 'listed:2023-02-01',
  transforming: 'listed:2023-02-01 transforming:2023-03-01',
  assessed_not_yet: 'listed:2023-02-01 transforming:2023-03-01 assessed_not_yet:2023-04-01',
  assessed_success: 'listed:2023-02-01 transforming:2023-03-01 assessed_success:2023-04-01',
  removed: 'listed:2023-02-01 transforming:2023-03-01 assessed_success:2023-04-01 removed:2023-05-01',
  watched:
    'listed:2023-02-01 transforming:2023-03-01 assessed_success:2023-04-01 removed:2023-05-01 watched:2023-05-01',
  relapsed:
    'listed:2023-02-01 transforming:2023-03-01 assessed_success:2023-04-01 removed:2023-05-01 watched:2023-05-01 relapsed:2023-06-01',
  closed:
    'listed:2023-02-01 transforming:2023-03-01 assessed_success:2023-04-01 removed:2023-05-01 watched:2023-05-01 closed:2023-06-01',
  rejected: 'rejected:2023-02-01',
};

/** The domain's table, for what a person may enter; dividing and joining make `superseded`. */
const legal: Partial<Record<AreaStatus, AreaEventType[]>> = {
  proposed: ['listed', 'rejected'],
  listed: ['transforming', 'carried_over', 'measure', 'reviewed'],
  transforming: ['assessed_success', 'assessed_not_yet', 'carried_over', 'measure', 'reviewed'],
  assessed_not_yet: ['transforming', 'carried_over', 'measure', 'reviewed'],
  assessed_success: ['removed', 'measure', 'reviewed'],
  removed: ['watched', 'measure', 'reviewed'],
  watched: ['relapsed', 'closed', 'measure', 'reviewed'],
  relapsed: ['listed', 'measure', 'reviewed'],
  closed: ['proposed'],
  rejected: ['proposed'],
};

describeOnBothDatabases('the life cycle of areas', (open) => {
  const stage = openAreasStage(open);
  let id = '';
  beforeEach(async () => {
    id = await mark(stage.planner);
  });
  const add = (event: Record<string, unknown>) => enter(stage.planner, id, event);
  const agree = (event: string, body?: unknown) => approve(stage.second, id, event, body);
  const status = async (asOf?: string) => (await read(stage.planner, id, asOf)).status;
  const entries = () =>
    stage.db
      .knex('audit_event')
      .where({ target: `area/${id}` })
      .orderBy('sequence')
      .select('action', 'username', 'after');
  const pendingEvents = async () =>
    (await stage.planner.get<PendingEventsResponse>('/api/areas/pending', listPendingEvents)).body.events.filter(
      ({ areaId }) => areaId === id,
    );

  for (const [from, way] of Object.entries(ways) as [AreaStatus, string][])
    it(`from "${from}" takes the legal steps and refuses every other one, with the reason and the legal ones`, async () => {
      if (way !== '') await take(stage, id, way);
      const may = legal[from] ?? [];
      const told = await read(stage.planner, id);
      expect(told.status).toBe(from);
      expect(told.legal.toSorted()).toEqual(may.toSorted());
      for (const type of areaEventTypes.filter((type) => type !== 'withdrawn' && !may.includes(type))) {
        const answer = await add({ type, on: '2024-02-01', ...needed(type) });
        expect(answer.status, type).toBe(409);
        expect(answer.body.error?.details, type).toMatchObject({ reason: 'illegal_step', status: from });
        const named = answer.body.error?.details as { legal: string[] } | undefined;
        expect(named?.legal.toSorted(), type).toEqual(may.toSorted());
        expect(answer.body.error?.message, type).toMatch(/^Không thể .* \(.*\.\)$/s);
      }
      for (const type of may) {
        const one = await mark(stage.planner);
        if (way !== '') await take(stage, one, way);
        await take(stage, one, `${type}:2024-02-01`);
        const after = type === 'carried_over' ? 'listed' : type === 'measure' || type === 'reviewed' ? from : type;
        expect((await read(stage.planner, one)).status, type).toBe(after);
        expect((await read(stage.planner, one, '2024-01-31')).status, type).toBe(from);
      }
    });

  it('counts a listing, an assessment, a removal, a relapse once a second person agreed, and the rest at once', async () => {
    const way = `${ways.relapsed} listed:2023-07-01 carried_over:2024-01-10 transforming:2024-02-01 assessed_not_yet:2024-06-01`;
    const taken = await take(stage, id, way);
    for (const { type, approval } of taken)
      expect(approval, type).toBe((approvedEventTypes as readonly string[]).includes(type) ? 'pending' : 'not_needed');
    const { events } = await read(stage.planner, id);
    for (const event of events.filter(({ approval }) => approval === 'approved'))
      expect([event.enteredBy, event.decidedBy, event.inForce]).toEqual(['quyhoach', 'congan', true]);
    expect(events.filter(({ approval }) => approval === 'approved').map(({ type }) => type)).toEqual(
      taken.filter(({ approval }) => approval === 'pending').map(({ type }) => type),
    );
  });

  it('leaves the status as it is while a step waits, and lets no other one in', async () => {
    const waiting = newest(await add({ type: 'listed', on: '2023-02-01', decisionNumber: '1234/QĐ-UBND' }));
    expect(waiting).toMatchObject({ approval: 'pending', inForce: false, year: 2023, canDecide: false });
    const area = await read(stage.planner, id);
    expect(area).toMatchObject({ status: 'proposed', pending: 1, listedYears: [], legal: [] });
    const again = await add({ type: 'rejected', on: '2023-02-02', reason: 'Không phức tạp' });
    expect(again.status).toBe(409);
    expect(again.body.error?.details).toEqual({ reason: 'pending', event: waiting.id });
    expect((await pendingEvents()).map((event) => [event.id, event.area.name])).toEqual([[waiting.id, area.name]]);
    const seen = (await read(stage.second, id)).events.find((event) => event.id === waiting.id);
    expect(seen?.canDecide).toBe(true);
    expect((await agree(waiting.id)).body.area).toMatchObject({ status: 'listed', pending: 0, listedYears: [2023] });
    expect(await pendingEvents()).toEqual([]);
    expect((await entries()).map(({ action, username }) => [action, username])).toEqual([
      ['area.created', 'quyhoach'],
      ['area.event_entered', 'quyhoach'],
      ['area.event_approved', 'congan'],
    ]);
  });

  it('is not agreed to by who entered it, twice, by the operator, or without a reason against it', async () => {
    const event = newest(await add({ type: 'listed', on: '2023-02-01' })).id;
    const own = await approve(stage.planner, id, event);
    expect([own.status, own.body.error?.details]).toEqual([409, { reason: 'same_person' }]);
    const operator = await fetch(`${stage.app.url}/api/areas/${id}/events/${event}/approve`, {
      method: 'POST',
      body: '{}',
      headers: { authorization: `Bearer ${stage.app.context.secrets.operatorKey}`, 'content-type': 'application/json' },
    });
    expect(operator.status).toBe(403);
    expect((await agree(event, { decision: 'refused' })).status).toBe(400);
    expect((await agree(event, { decision: 'refused', reason: 'Gọi 0912345678' })).body.error?.code).toBe(
      'person_data',
    );
    expect(await status()).toBe('proposed');
    const refused = await agree(event, { decision: 'refused', reason: 'Thiếu quyết định' });
    expect(refused.body.area.events.find(({ id }) => id === event)).toMatchObject({
      approval: 'refused',
      inForce: false,
      decidedBy: 'congan',
      decisionReason: 'Thiếu quyết định',
    });
    const twice = await agree(event);
    expect([twice.status, twice.body.error?.details]).toEqual([409, { reason: 'not_pending', approval: 'refused' }]);
    expect((await approve(stage.second, id, '00000000-0000-4000-8000-00000000dead')).status).toBe(404);
    const other = await mark(stage.planner);
    expect((await approve(stage.second, other, event)).status).toBe(404);
    expect((await add({ type: 'listed', on: '2023-02-01' })).status).toBe(201); // the refused one stands in nobody's way
    expect((await entries()).map(({ action }) => action)).toContain('area.event_refused');
  });

  it('is agreed to once when two agree at the same moment', async () => {
    const event = newest(await add({ type: 'listed', on: '2023-02-01' })).id;
    const answers = await Promise.all([agree(event), agree(event), agree(event)]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409]);
    expect(await stage.db.knex('area_approval').where({ event_id: event })).toHaveLength(1);
  });

  it('takes one of two steps that cannot both follow, entered at the same moment', async () => {
    await take(stage, id, 'listed:2023-02-01');
    const answers = await Promise.all(
      ['2023-03-01', '2023-03-02', '2023-03-03'].map((on) => add({ type: 'transforming', on })),
    );
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409]);
    expect(await stage.db.knex('area_event').where({ area_id: id, type: 'transforming' })).toHaveLength(1);
  });

  it('approves several at once, each judged for itself', async () => {
    const others = [await mark(stage.planner), await mark(stage.planner)];
    const events: string[] = [];
    for (const area of [id, ...others])
      events.push(newest(await enter(stage.planner, area, { type: 'listed', on: '2023-02-01' })).id);
    const own = newest(await enter(stage.second, await mark(stage.second), { type: 'listed', on: '2023-02-01' })).id;
    await agree(events[0]);
    const missing = '00000000-0000-4000-8000-00000000dead';
    const answer = await stage.second.send<{ approved: string[]; left: { event: string; reason: string }[] }>(
      'POST',
      '/api/areas/pending/approve',
      { events: [...events, own, missing, own] },
    );
    expect(answer.body.approved).toEqual(events.slice(1));
    expect(answer.body.left.map(({ event }) => event)).toEqual([events[0], own, missing]);
    expect(answer.body.left[1]?.reason).toContain('người thứ hai');
    for (const area of others) expect((await read(stage.planner, area)).status).toBe('listed');
  });

  it('refuses a day to come, a wrong year, and what does not belong to the step', async () => {
    const refused = async (event: Record<string, unknown>) => {
      const answer = await add(event);
      return [answer.status, answer.body.error?.code];
    };
    const bad = [400, 'invalid_input'];
    expect(await refused({ type: 'listed', on: '2999-01-01' })).toEqual(bad);
    expect(await refused({ type: 'listed', on: '2023-02-01', decisionDate: '2999-01-01' })).toEqual(bad);
    expect(await refused({ type: 'listed', on: '2023-02-30' })).toEqual(bad);
    expect(await refused({ type: 'listed', on: '2023-02-01', year: 1999 })).toEqual(bad);
    expect(await refused({ type: 'rejected', on: '2023-02-01', reason: 'Không phức tạp', year: 2023 })).toEqual(bad);
    expect(await refused({ type: 'rejected', on: '2023-02-01' })).toEqual(bad);
    expect(
      await refused({ type: 'listed', on: '2023-02-01', files: ['00000000-0000-4000-8000-00000000dead'] }),
    ).toEqual(bad);
    expect(await refused({ type: 'listed', on: '2023-02-01', ...needed('measure') })).toEqual(bad);
    expect(await refused({ type: 'listed', on: '2023-02-01', note: 'CCCD 034085001234' })).toEqual([
      422,
      'person_data',
    ]);
    await take(stage, id, 'listed:2023-02-01:2023 transforming:2023-03-01');
    expect(await refused({ type: 'measure', on: '2023-03-02' })).toEqual(bad);
    const measure = { kind: 'camera', from: '2023-04-01', to: '2023-04-01', quantity: 1 };
    expect(await refused({ type: 'measure', on: '2023-04-01', measure })).toEqual(bad);
    expect(await refused({ type: 'assessed_success', on: '2023-12-01' })).toEqual(bad);
    const conditions = [{ id: 'nonsense', met: true, value: null }];
    expect(await refused({ type: 'assessed_success', on: '2023-12-01', conditions })).toEqual(bad);
    const carried = await add({ type: 'carried_over', on: '2023-12-31', year: 2023 });
    expect([carried.status, carried.body.error?.details]).toEqual([
      409,
      { reason: 'illegal_step', status: 'transforming', legal: expect.any(Array), yearAfter: 2023 },
    ]);
    expect(await stage.db.knex('area_event').where({ area_id: id })).toHaveLength(3);
  });

  it('refuses the days before lists began, which a date field makes of "26", and lists years ahead', async () => {
    const refused = async (event: Record<string, unknown>) => {
      const { status, body } = await add(event);
      return [status, (body.error?.details as { path: string }[] | undefined)?.[0]?.path];
    };
    const marked = await stage.planner.send('POST', '/api/areas', {
      name: 'Chợ cổ',
      types: [1],
      place: polygonPlace(rectangle(0.1, 0.1, 0.6, 0.6)),
      proposedOn: '0026-01-10',
    });
    expect(marked).toMatchObject({ status: 400, body: { error: { details: [{ path: 'proposedOn' }] } } });
    expect(await refused({ type: 'listed', on: '0026-02-01' })).toEqual([400, 'on']);
    expect(await refused({ type: 'listed', on: '1999-12-31' })).toEqual([400, 'on']);
    expect(await refused({ type: 'listed', on: '2023-02-01', decisionDate: '0000-01-31' })).toEqual([
      400,
      'decisionDate',
    ]);
    expect(await refused({ type: 'listed', on: '2023-02-01', year: 2025 })).toEqual([400, 'year']);
    const measure = { kind: 'camera', from: '0000-03-02', to: null, quantity: 1 };
    await take(stage, id, 'listed:2023-02-01:2024');
    expect(await refused({ type: 'measure', on: '2023-03-02', measure })).toEqual([400, 'measure.from']);
    expect(await stage.db.knex('area_event').where({ area_id: id })).toHaveLength(2);
  });

  it('takes the number of a decision for what it is', async () => {
    const [event] = await takeWith({
      type: 'listed',
      on: '2023-02-01',
      decisionNumber: '0912345678/QĐ-UBND',
      decisionDate: '2023-01-31',
      note: 'Theo Quyết định 1234/QĐ-UBND ngày 31/01/2023',
    });
    expect(event).toMatchObject({ decisionNumber: '0912345678/QĐ-UBND', decisionDate: '2023-01-31' });
  });
  async function takeWith(event: Record<string, unknown>): Promise<AreaEvent[]> {
    const answer = await add(event);
    expect(answer.body.error).toBeUndefined();
    return [newest(answer)];
  }

  it('lets a step of an earlier day in where the whole order stays legal, and changes the status of the days after it', async () => {
    await take(stage, id, 'listed:2023-02-01:2023 transforming:2023-03-01 assessed_not_yet:2023-10-01');
    const broken = await add({ type: 'carried_over', on: '2023-03-15', year: 2024 });
    expect(broken.body.error?.details).toMatchObject({
      reason: 'illegal_step',
      status: 'listed',
      breaks: { type: 'assessed_not_yet', on: '2023-10-01' },
    });
    expect(broken.body.error?.message).toContain('01/10/2023');
    expect((await add({ type: 'measure', on: '2023-01-15', ...needed('measure') })).status).toBe(409);
    await take(stage, id, 'measure:2023-02-15 reviewed:2023-04-01');
    expect(await status('2023-09-30')).toBe('transforming');
    const { events } = await read(stage.planner, id);
    expect(events.map(({ on }) => on)).toEqual(events.map(({ on }) => on).toSorted());
  });

  it('lets the old step stand until its correction is agreed to, then the new one', async () => {
    const [listed] = await take(stage, id, 'listed:2023-02-01:2023 transforming:2023-03-01');
    const wrongType = await add({ type: 'carried_over', on: '2023-02-10', year: 2024, supersedes: listed.id });
    expect(wrongType.status).toBe(400);
    const correction = newest(
      await add({ type: 'listed', on: '2023-02-20', year: 2023, decisionNumber: '99/QĐ', supersedes: listed.id }),
    );
    expect(await read(stage.planner, id, '2023-02-10')).toMatchObject({
      status: 'listed',
      since: '2023-02-01',
      pending: 1,
    });
    const after = (await agree(correction.id)).body.area;
    expect(after.events.find(({ id }) => id === listed.id)).toMatchObject({
      inForce: false,
      supersededBy: correction.id,
    });
    expect(after.events.find(({ id }) => id === correction.id)).toMatchObject({
      inForce: true,
      decisionNumber: '99/QĐ',
      supersedes: listed.id,
    });
    expect(await status('2023-02-10')).toBe('proposed');
    expect(await status('2023-02-20')).toBe('listed');
    expect(await status()).toBe('transforming');
    const twice = await add({ type: 'listed', on: '2023-02-21', supersedes: listed.id });
    expect([twice.status, twice.body.error?.details]).toEqual([409, { reason: 'not_in_force' }]);
    const tooLate = await add({ type: 'listed', on: '2023-03-02', supersedes: correction.id });
    expect(tooLate.body.error?.details).toMatchObject({ reason: 'illegal_step', breaks: { type: 'transforming' } });
  });

  it('corrects a step of a day with several in its old place among them, also twice', async () => {
    await stage.db.knex('area_event').where({ area_id: id }).update({ on_date: '2023-02-01' });
    const [listed] = await take(stage, id, 'listed:2023-02-01:2023 transforming:2023-02-01');
    const first = newest(
      await add({ type: 'listed', on: '2023-02-01', decisionNumber: '1/QĐ', supersedes: listed.id }),
    );
    await agree(first.id);
    const second = newest(
      await add({ type: 'listed', on: '2023-02-01', decisionNumber: '2/QĐ', supersedes: first.id }),
    );
    await agree(second.id);
    expect(await read(stage.planner, id)).toMatchObject({ status: 'transforming', listedYears: [2023] });
    const { areas } = (await stage.planner.get<{ areas: { id: string; status: string }[] }>('/api/areas')).body;
    expect(areas.find((area) => area.id === id)?.status).toBe('transforming');
    await take(stage, id, 'assessed_not_yet:2023-02-01');
    expect(await status()).toBe('assessed_not_yet');
  });

  it('strikes a step entered by mistake: at once, or with a second person where the step needed one', async () => {
    const [listed, transforming] = await take(stage, id, 'listed:2023-02-01:2023 transforming:2023-03-01');
    const withdraw = (supersedes: string, reason = 'Nhập nhầm') =>
      add({ type: 'withdrawn', on: '2023-04-01', reason, supersedes });
    expect((await add({ type: 'withdrawn', on: '2023-04-01', reason: 'Nhập nhầm' })).status).toBe(400);
    const early = await withdraw(listed.id);
    expect(early.body.error?.details).toMatchObject({ reason: 'illegal_step', breaks: { type: 'transforming' } });
    const struck = await withdraw(transforming.id);
    expect(struck.body.area.status).toBe('listed');
    const again = await withdraw(newest(struck).id);
    expect([again.status, again.body.error?.details]).toEqual([409, { reason: 'not_in_force' }]);
    const withdrawal = newest(await withdraw(listed.id));
    expect(withdrawal.approval).toBe('pending');
    expect(await status()).toBe('listed');
    expect((await add({ type: 'transforming', on: '2023-05-01' })).body.error?.details).toMatchObject({
      reason: 'pending',
    });
    expect((await agree(withdrawal.id)).body.area).toMatchObject({ status: 'proposed', listedYears: [] });
    const proposed = (await read(stage.planner, id)).events.find(({ type }) => type === 'proposed');
    expect((await withdraw(proposed!.id)).body.area).toMatchObject({
      status: 'draft',
      since: null,
      legal: ['proposed'],
    });
  });

  it('takes back a step that still waits, which opens the way for another', async () => {
    const waiting = newest(await add({ type: 'listed', on: '2023-02-01' }));
    const correction = await add({ type: 'listed', on: '2023-02-02', supersedes: waiting.id });
    expect(correction.body.error?.details).toMatchObject({ reason: 'pending' });
    const back = await add({ type: 'withdrawn', on: '2023-02-03', reason: 'Nhập nhầm', supersedes: waiting.id });
    expect(back.status).toBe(201);
    expect(back.body.area).toMatchObject({ status: 'proposed', pending: 0 });
    expect(await pendingEvents()).toEqual([]);
    expect((await agree(waiting.id)).body.error?.details).toMatchObject({ reason: 'not_pending' });
    expect((await add({ type: 'rejected', on: '2023-02-04', reason: 'Không phức tạp' })).body.area.status).toBe(
      'rejected',
    );
  });

  it('is known at once wherever it was entered, and never when it was taken back with its transaction', async () => {
    const onBoard = async () =>
      (await stage.planner.get<AreasResponse>('/api/areas?limit=10000')).body.areas.find((area) => area.id === id);
    expect(await onBoard()).toMatchObject({ status: 'proposed', pending: 0 });
    const scope = scopeOf({ id: null, role: 'planner', provinceCode: '33', communeCode: null });
    const insert = (transaction: Knex.Transaction) =>
      transaction.raw(
        `insert into area_event (id, area_id, province_code, commune_code, type, on_date, reason, needs_approval, username)
         select gen_random_uuid(), id, province_code, commune_code, 'rejected', '2023-02-01', 'Không phức tạp', false, 'khác'
         from area where id = :id`,
        { id },
      );
    const statusSeen = async (transaction: Knex.Transaction) =>
      (await readAreaSteps(transaction)).inForce.get(id)?.at(-1)?.type;
    const undone = stage.app.context.db.transaction(scope, async (transaction) => {
      await insert(transaction);
      expect(await statusSeen(transaction)).toBe('rejected'); // control: its own transaction sees it
      throw new Error('taken back');
    });
    await expect(undone).rejects.toThrow('taken back');
    expect(await onBoard()).toMatchObject({ status: 'proposed', pending: 0 });
    await stage.db.knex.transaction(insert); // by another process
    expect(await onBoard()).toMatchObject({ status: 'rejected', pending: 0 });
  });

  it('divides an area: it ends, its parts go on with its steps, decisions and files from that day', async () => {
    await take(stage, id, 'listed:2023-02-01:2023 transforming:2023-03-01 measure:2023-03-02');
    const file = '00000000-0000-4000-8000-0000000000f1'.replace(
      'f1',
      Math.floor(performance.now() * 1000)
        .toString(16)
        .slice(-2),
    );
    const { rows } = await stage.db.knex.raw(
      `insert into area_file (id, area_id, province_code, commune_code, name, media_type, bytes, sha256, content, username)
       values (gen_random_uuid(), :id, '33', '10001', 'qd.pdf', 'application/pdf', 3, :file, 'abc', 'quyhoach') returning id`,
      { id, file },
    );
    await stage.db
      .knex('area_event')
      .where({ area_id: id, type: 'listed' })
      .update({ files: [rows[0].id], decision_number: '12/QĐ' });
    const parts = [
      { name: 'Chợ phía tây', place: polygonPlace(rectangle(0.1, 0.1, 0.35, 0.6)) },
      { name: 'Chợ phía đông', place: polygonPlace(rectangle(0.35, 0.1, 0.6, 0.6)) },
    ];
    const split = (body: Record<string, unknown>) =>
      stage.planner.send<{ areas: { id: string }[]; error?: { details: unknown } }>('POST', `/api/areas/${id}/split`, {
        on: '2023-06-01',
        reason: 'Khác tính chất',
        parts,
        ...body,
      });
    expect((await split({ parts: parts.slice(0, 1) })).status).toBe(400);
    expect((await split({ on: '2999-01-01' })).status).toBe(400);
    expect((await split({ parts: [parts[0], parts[0]] })).status).toBe(422);
    expect((await split({ parts: [parts[0], { name: 'Xa', place: { communeCode: '10006' } }] })).status).toBe(422);
    expect((await split({ on: '0023-02-15' })).status).toBe(400);
    const corners = [rectangle(0.1, 0.1, 0.35, 0.35), rectangle(0.35, 0.1, 0.6, 0.3)];
    const some = corners.map((corner, i) => ({ name: `Góc ${i}`, place: polygonPlace(corner) }));
    expect((await split({ parts: some })).body.error?.details).toEqual({
      reason: 'left_over',
      covered: expect.closeTo(0.45, 3) as number,
    });
    const outside = [
      { name: 'Chưa vẽ', place: { undrawnIn: '10001' } },
      parts[0],
      { name: 'Xa', place: { communeCode: '10006' } },
    ];
    expect((await split({ parts: outside })).body.error?.details).toEqual({ reason: 'outside', part: 2 });
    expect((await split({ on: '2023-02-15' })).body.error?.details).toMatchObject({ reason: 'illegal_step' });
    const before = await stage.db.knex('area').count();
    const answer = await split({});
    expect(answer.status).toBe(200);
    expect(Number((await stage.db.knex('area').count())[0].count) - Number(before[0].count)).toBe(2);
    const ended = await read(stage.planner, id);
    expect(ended).toMatchObject({ status: 'superseded', since: '2023-06-01', legal: [] });
    expect(ended.successors.map(({ id }) => id)).toEqual(answer.body.areas.map(({ id }) => id));
    for (const [i, { id: part }] of answer.body.areas.entries()) {
      const child = await read(stage.planner, part);
      expect(child).toMatchObject({
        name: parts[i].name,
        origin: 'split',
        status: 'transforming',
        since: '2023-03-01',
        listedYears: [2023],
        parents: [{ id }],
      });
      expect(child.events.map(({ type, on, approval, decidedBy }) => [type, on, approval, decidedBy])).toEqual([
        ['proposed', '2023-01-10', 'not_needed', null],
        ['listed', '2023-02-01', 'approved', 'congan'],
        ['transforming', '2023-03-01', 'not_needed', null],
      ]);
      expect(child.events[1]).toMatchObject({ decisionNumber: '12/QĐ', files: [child.files[0]?.id] });
      expect(child.files).toMatchObject([{ name: 'qd.pdf', bytes: 3 }]);
      await take(stage, part, 'assessed_success:2023-11-01');
    }
    const onBoard = async (asOf: string) => {
      const { body } = await stage.planner.get<{ areas: { id: string; status: string }[] }>(`/api/areas?asOf=${asOf}`);
      const family = [id, ...answer.body.areas.map(({ id }) => id)];
      return family.map((one) => body.areas.find(({ id }) => id === one)?.status);
    };
    expect(await onBoard('2023-05-31')).toEqual(['transforming', undefined, undefined]);
    expect(await onBoard('2023-06-01')).toEqual(['superseded', 'transforming', 'transforming']);
    expect(await onBoard('2023-12-31')).toEqual(['superseded', 'assessed_success', 'assessed_success']);
    const end = ended.events.find(({ type }) => type === 'superseded');
    const undo = await add({ type: 'withdrawn', on: '2023-07-01', reason: 'Nhập nhầm', supersedes: end!.id });
    expect(undo.body.error?.details).toMatchObject({ reason: 'not_in_force' });
    const edit = await stage.planner.send<{ error?: { details: unknown } }>('PATCH', `/api/areas/${id}`, {
      revision: 1,
      reason: 'Vẽ lại',
      place: { communeCode: '10001' },
    });
    expect(edit.body.error?.details).toEqual({ reason: 'superseded' });
    expect((await split({})).body.error?.details).toMatchObject({ reason: 'illegal_step', status: 'superseded' });
  });

  it('joins areas of one status and year, and none that differ or wait', async () => {
    const east = await mark(stage.planner, {
      name: 'Đông',
      types: [4],
      place: polygonPlace(rectangle(0.6, 0.1, 1.2, 0.6)),
      level: 'commune',
      proposedOn: '2023-01-05',
    });
    const merge = (areas: string[], on = '2023-06-01') =>
      stage.planner.send<{ areas: { id: string; status: string }[]; error?: { details: unknown } }>(
        'POST',
        '/api/areas/merge',
        {
          on,
          reason: 'Liền nhau',
          name: 'Chợ và bến',
          areas,
        },
      );
    await take(stage, id, 'listed:2023-02-01:2023');
    expect((await merge([id, east])).body.error?.details).toMatchObject({ reason: 'unlike' });
    await take(stage, east, 'listed:2023-02-05:2023');
    expect((await merge([id, id])).status).toBe(400);
    expect((await merge([id, '00000000-0000-4000-8000-00000000dead'])).status).toBe(404);
    const waiting = newest(await enter(stage.planner, east, { type: 'carried_over', on: '2023-05-01', year: 2024 }));
    expect((await merge([id, east])).body.error?.details).toEqual({ reason: 'pending', event: waiting.id });
    await approve(stage.second, east, waiting.id, { decision: 'refused', reason: 'Chưa hết năm' });
    const answer = await merge([id, east]);
    expect(answer.status).toBe(200);
    const joined = await read(stage.planner, answer.body.areas[0].id);
    expect(joined).toMatchObject({
      origin: 'merge',
      status: 'listed',
      since: '2023-02-05',
      listedYears: [2023],
      types: [1, 4],
      level: 'province',
      communes: ['10001', '10002'],
    });
    expect(joined.parents.map(({ id }) => id).toSorted()).toEqual([id, east].toSorted());
    expect(joined.events[0]).toMatchObject({ type: 'proposed', on: '2023-01-05' });
    const parents = await Promise.all([id, east].map((parent) => read(stage.planner, parent)));
    expect(joined.areaKm2).toBeCloseTo(
      parents.reduce((sum, { areaKm2 }) => sum + areaKm2!, 0),
      6,
    );
    expect(joined.cells).toEqual([...new Set(parents.flatMap(({ cells }) => cells))].sort());
    expect(parents.map(({ status, successors }) => [status, successors.length])).toEqual([
      ['superseded', 1],
      ['superseded', 1],
    ]);
    const actions = await stage.db
      .knex('audit_event')
      .where({ target: `area/${joined.id}` })
      .select('action');
    expect(actions).toEqual([{ action: 'area.created' }]);
  });

  for (const from of ['assessed_success', 'removed', 'watched', 'relapsed', 'closed', 'rejected'] as const)
    it(`neither divides nor joins an area that is "${from}"`, async () => {
      await take(stage, id, ways[from]!);
      const body = {
        on: '2024-02-01',
        reason: 'Khác tính chất',
        parts: ['A', 'B'].map((name) => ({ name: `Chợ ${name}`, place: { undrawnIn: '10001' } })),
      };
      const answer = await stage.planner.send<{ error?: { details: unknown } }>('POST', `/api/areas/${id}/split`, body);
      expect([answer.status, answer.body.error?.details]).toEqual([
        409,
        { reason: 'illegal_step', status: from, legal: expect.any(Array) },
      ]);
    });

  it('leaves the data version as it is: counts are the same', async () => {
    const before = (await stage.planner.get<{ dataVersion: number }>('/api/areas')).body.dataVersion;
    await take(stage, id, 'listed:2023-02-01:2023');
    expect((await stage.planner.get<{ dataVersion: number }>('/api/areas')).body.dataVersion).toBe(before);
  });
});
