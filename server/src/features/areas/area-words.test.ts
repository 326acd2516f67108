import { areaEventTypes, areaStatuses } from '@diemnong/contracts';
import { expect, test } from 'vitest';
import { illegalStep, refuseFuture } from './area-words.ts';
import { legalSteps, type Step } from './areas-rules.ts';

const step = (type: Step['type'], some: Partial<Step> = {}): Step => ({
  id: 'asked',
  type,
  on: '2026-01-05',
  sequence: 9,
  year: null,
  ...some,
});
/** What screens in English show: the last brackets, which begin with a letter and end with a full stop. */
const english = (message: string) => /\(([A-Z][^()]*\.)\)$/.exec(message)?.[1];

test('no name of the code is in a refusal, in either language', () => {
  for (const status of areaStatuses)
    for (const type of areaEventTypes)
      for (const broken of [step(type), step('assessed_not_yet', { id: 'later', on: '2026-02-10' })]) {
        const { message } = illegalStep(
          { step: broken, status, legal: legalSteps(status), notAfter: null },
          step(type),
        );
        expect(message, `${type} from ${status}`).not.toMatch(/_|undefined/);
        expect(english(message), `${type} from ${status}`).toMatch(
          /^The step ".+" (on|cannot be taken on) 05\/01\/2026/,
        );
      }
});

test('says what was asked for, where the area stood, and what may be next', () => {
  const legal = legalSteps('transforming');
  const carried = step('carried_over', { year: 2025 });
  expect(english(illegalStep({ step: carried, status: 'transforming', legal, notAfter: 2025 }, carried).message)).toBe(
    'The step "carried over to the next year" cannot be taken on 05/01/2026: the area is then "transforming" and listed for 2025; ' +
      'expected a year after that, got 2025. Steps that may be next: "assessed: transformed", "assessed: not transformed yet", ' +
      '"carried over to the next year", "measure", "reviewed".',
  );
  const late = step('transforming', { id: 'later', on: '2026-02-10' });
  expect(
    english(illegalStep({ step: late, status: 'superseded', legal: [], notAfter: null }, step('listed')).message),
  ).toBe(
    'The step "put on the list" on 05/01/2026 puts the step "transformation begins" on 10/02/2026 out of order: ' +
      'the area is then "divided or merged". Steps that may be next: none.',
  );
});

test('a day that has not come is refused in words, today is not', () => {
  expect(() => refuseFuture('decisionDate', '2026-01-06', '2026-01-05')).toThrow(
    /\(The day 06\/01\/2026 has not come yet/,
  );
  expect(() => refuseFuture('decisionDate', '2026-01-05', '2026-01-05')).not.toThrow();
});
