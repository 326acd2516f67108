import type { AccessStage } from '../support/access-stage.ts';
import { describeAnswer, listHiddenIds } from '../support/hidden-ids.ts';
import { type AttackReport, createTally } from './attack-report.ts';

/** A stranger's requests differ by less than this in the median, whether or not the id exists. */
const mostMs = 1;

/**
 * Tell hidden ids from missing ones by their answers and by their times, in turns. A success is a route whose answers differ, or
 * whose median times are further apart than 1 ms. Control: the owner, to whom nothing is hidden.
 */
export async function attackHiddenIds(stage: AccessStage, { pairs }: { pairs: number }): Promise<AttackReport> {
  const owner = await stage.enter('commune');
  const stranger = await stage.enter('otherCommune');
  const routes = listHiddenIds(stage, owner);
  const tally = createTally();
  const control = createTally();
  let furthest = 0;
  for (const route of routes) {
    const times: { hidden: number[]; missing: number[] } = { hidden: [], missing: [] };
    const answers = new Set<string>();
    for (let i = 0; i < Math.ceil(pairs / routes.length); i++)
      for (const kind of i % 2 === 0 ? (['hidden', 'missing'] as const) : (['missing', 'hidden'] as const)) {
        const begun = performance.now();
        const answer = await describeAnswer(stranger, route, route[kind]);
        times[kind].push(performance.now() - begun);
        answers.add(JSON.stringify(answer));
      }
    const apartMs = Math.abs(median(times.hidden) - median(times.missing));
    furthest = Math.max(furthest, apartMs);
    if (apartMs > mostMs) tally.add(`${route.name}: ${apartMs.toFixed(2)} ms apart`);
    if (answers.size > 1) tally.add(`${route.name}: ${[...answers].join(' or ').slice(0, 300)}`);
    if (route.method === 'GET') {
      const own = await describeAnswer(owner, route, route.hidden);
      if (!answers.has(JSON.stringify(own))) control.add(route.name);
    }
  }
  return {
    name: 'hidden ids',
    tries: Math.ceil(pairs / routes.length) * routes.length,
    successes: tally.successes,
    examples: tally.examples,
    controls: [{ without: 'hiding', successes: control.successes }],
    note: `medians at most ${furthest.toFixed(2)} ms apart`,
  };
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
