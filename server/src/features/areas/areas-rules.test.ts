import { type AreaEventType, type AreaStatus, areaEventTypes, areaStatuses } from '@diemnong/contracts';
import { expect, test } from 'vitest';
import {
  explainIllegal,
  explainStrike,
  isMoving,
  legalSteps,
  replay,
  type Standing,
  type Step,
  statusGivenBy,
  stepsCarriedOn,
} from './areas-rules.ts';

/** The table of the domain, written out a second time. */
const domain: Record<AreaStatus, string> = {
  draft: 'proposed',
  proposed: 'listed rejected superseded',
  listed: 'transforming carried_over superseded measure reviewed',
  transforming: 'assessed_success assessed_not_yet carried_over superseded measure reviewed',
  assessed_not_yet: 'transforming carried_over superseded measure reviewed',
  assessed_success: 'removed measure reviewed',
  removed: 'watched measure reviewed',
  watched: 'relapsed closed measure reviewed',
  relapsed: 'listed measure reviewed',
  closed: 'proposed',
  rejected: 'proposed',
  superseded: '',
};

/** A way to each status: type, and the year of a list. */
const waysTo: Record<AreaStatus, string> = {
  draft: '',
  proposed: 'proposed',
  listed: 'proposed listed:2023',
  transforming: 'proposed listed:2023 transforming',
  assessed_not_yet: 'proposed listed:2023 transforming assessed_not_yet',
  assessed_success: 'proposed listed:2023 transforming assessed_success',
  removed: 'proposed listed:2023 transforming assessed_success removed',
  watched: 'proposed listed:2023 transforming assessed_success removed watched',
  relapsed: 'proposed listed:2023 transforming assessed_success removed watched relapsed',
  closed: 'proposed listed:2023 transforming assessed_success removed watched closed',
  rejected: 'proposed rejected',
  superseded: 'proposed superseded',
};

/** A step a month from January 2023 on, ids by order. */
function steps(way: string): Step[] {
  return way
    .split(' ')
    .filter((word) => word !== '')
    .map((word, i) => {
      const [type = '', year] = word.split(':');
      return step(i, type as AreaEventType, `2023-${String(i + 1).padStart(2, '0')}-10`, year);
    });
}

function step(i: number, type: AreaEventType, on: string, year?: string | number): Step {
  return { id: `step ${i}`, type, on, sequence: i, year: year === undefined ? null : Number(year) };
}

function statusOf(way: Step[], asOf?: string): Standing {
  const standing = replay(way, asOf);
  if ('illegal' in standing) throw new Error(`illegal ${standing.illegal.step.type} after ${standing.illegal.status}`);
  return standing;
}

for (const status of areaStatuses) {
  const way = steps(waysTo[status]);
  const legal = domain[status].split(' ').filter((type) => type !== '');

  test(`the way to "${status}" ends there`, () => {
    expect(statusOf(way).status).toBe(status);
  });

  for (const type of areaEventTypes.filter((type) => type !== 'withdrawn')) {
    const isLegal = legal.includes(type);
    test(`${status} → ${type} is ${isLegal ? 'legal' : 'refused, with the legal steps'}`, () => {
      const next = step(99, type, '2024-06-01', type === 'listed' || type === 'carried_over' ? 2024 : undefined);
      const illegal = explainIllegal(way, next);
      if (!isLegal) {
        expect(illegal).toEqual({ step: next, status, legal: expect.any(Array), notAfter: null });
        expect(illegal?.legal.toSorted()).toEqual(legal.toSorted());
        return;
      }
      expect(illegal).toBeUndefined();
      expect(statusOf([...way, next]).status).toBe(isMoving(type) ? statusGivenBy(type) : status);
    });
  }

  test(`the steps that may follow "${status}" are told`, () => {
    expect(legalSteps(status).toSorted()).toEqual(legal.toSorted());
  });
}

test('an area is carried over for a year later than its last listing only', () => {
  const way = steps('proposed listed:2023 transforming assessed_not_yet');
  const carry = (year: number) => explainIllegal(way, step(9, 'carried_over', '2024-01-10', year));
  expect(carry(2024)).toBeUndefined();
  expect(carry(2023)).toMatchObject({ status: 'assessed_not_yet', notAfter: 2023 });
  expect(carry(2022)).toMatchObject({ notAfter: 2023 });
  expect(carry(2025)).toBeUndefined();
  const carried = [...way, step(9, 'carried_over', '2024-01-10', 2024)];
  expect(statusOf(carried)).toEqual({ status: 'listed', since: '2024-01-10', listedYears: [2023, 2024], year: 2024 });
  expect(explainIllegal(carried, step(10, 'carried_over', '2024-12-30', 2024))).toMatchObject({ notAfter: 2024 });
});

test('the status on each day is that of the last step by then, whatever the order of entry', () => {
  const way = steps('proposed listed:2023 transforming assessed_success removed watched relapsed listed:2024');
  const shuffled = [...way.slice(4), ...way.slice(0, 4)].map((one) => ({ ...one, sequence: 100 - one.sequence }));
  const statuses = ['2023-01-09', '2023-01-10', '2023-02-09', '2023-02-10', '2023-06-30', '2023-07-10', '2030-01-01'];
  for (const way of [steps(waysTo.draft), shuffled]) expect('illegal' in replay(way)).toBe(false);
  expect(statuses.map((day) => statusOf(shuffled, day).status)).toEqual([
    'draft',
    'proposed',
    'proposed',
    'listed',
    'watched',
    'relapsed',
    'listed',
  ]);
  expect(statusOf(shuffled, '2023-06-30')).toMatchObject({ since: '2023-06-10', listedYears: [2023] });
  expect(statusOf(shuffled)).toMatchObject({ since: '2023-08-10', listedYears: [2023, 2024] });
});

test('steps of one day are taken in the order of entry', () => {
  const day = '2023-03-01';
  const way = [step(2, 'listed', day, 2023), step(1, 'proposed', day), step(3, 'transforming', day)];
  expect(statusOf(way).status).toBe('transforming');
  expect(replay(way.map((one) => ({ ...one, sequence: -one.sequence })))).toMatchObject({
    illegal: { step: { type: 'transforming' }, status: 'draft' },
  });
});

test('a back-dated step is judged where it falls, with all that follows', () => {
  const way = steps('proposed listed:2023 transforming assessed_not_yet');
  const before = (type: AreaEventType, on: string) => explainIllegal(way, step(50, type, on));
  // Between "listed" (10 February) and "transforming" (10 March).
  expect(before('transforming', '2023-02-20')).toMatchObject({ step: { id: 'step 2' }, status: 'transforming' });
  expect(before('assessed_not_yet', '2023-02-20')).toMatchObject({ step: { id: 'step 50' }, status: 'listed' });
  expect(before('measure', '2023-02-20')).toBeUndefined();
  expect(before('measure', '2023-01-20')).toMatchObject({ status: 'proposed' });
  // Two that belong together: "not yet" in April, another start, another assessment after it.
  const longer = [...way, step(4, 'assessed_not_yet', '2023-08-01')];
  expect(replay(longer)).toMatchObject({ illegal: { step: { id: 'step 4' } } });
  expect(explainIllegal(longer, step(5, 'transforming', '2023-06-01'))).toBeUndefined();
});

test('a correction takes the place of its step, and breaks nothing that follows', () => {
  const way = steps('proposed listed:2023 transforming');
  const correct = (id: string, on: string, year?: number) => {
    const old = way.find((one) => one.id === id)!;
    return explainIllegal(way, { ...step(70, old.type, on, year), sequence: old.sequence }, id);
  };
  expect(correct('step 1', '2023-02-01', 2023)).toBeUndefined();
  expect(correct('step 1', '2023-03-10', 2023)).toBeUndefined(); // the day of the next one, in its old order
  expect(correct('step 1', '2023-03-11', 2023)).toMatchObject({ step: { type: 'transforming' }, status: 'proposed' });
  expect(correct('step 0', '2023-02-11')).toMatchObject({ step: { type: 'listed' }, status: 'draft' });
});

test('a step may be struck when the rest goes on without it', () => {
  const way = steps('proposed listed:2023 transforming');
  expect(explainStrike(way, 'step 2')).toBeUndefined();
  expect(explainStrike(way, 'step 1')).toMatchObject({ step: { type: 'transforming' }, status: 'proposed' });
  const again = steps('proposed rejected proposed');
  expect(explainStrike(again, 'step 1')).toMatchObject({ step: { id: 'step 2' }, status: 'proposed' });
  expect(statusOf(steps('proposed').filter(() => false))).toEqual({
    status: 'draft',
    since: null,
    listedYears: [],
    year: null,
  });
});

test('what goes on after dividing is the last round, and is legal by itself', () => {
  const types = (way: string) => {
    const carried = stepsCarriedOn(steps(way));
    expect('illegal' in replay(carried)).toBe(false);
    return carried.map(({ type }) => type).join(' ');
  };
  expect(types('proposed listed:2023 measure transforming reviewed')).toBe('proposed listed transforming');
  expect(types('proposed rejected proposed listed:2023')).toBe('proposed listed');
  expect(types('proposed listed:2022 transforming assessed_not_yet carried_over:2023')).toBe(
    'proposed listed transforming assessed_not_yet carried_over',
  );
  expect(
    types('proposed listed:2022 transforming assessed_success removed watched relapsed listed:2023 transforming'),
  ).toBe('proposed listed transforming');
});
