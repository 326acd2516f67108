/** Monthly reviews of areas under transformation, as an office enters them between the steps that a plan names. */
import type { PlannedStep } from './area-histories.ts';
import { DAY_MS, END_DAY, startOfDay, toIsoDay, toLocal } from './calendar.ts';
import type { Random } from './random.ts';

/** Histories of earlier years were entered from paper, without their reviews. */
const FIRST_REVIEW_MONTH = '2025-01';
/** None in the first days of a transformation, nor in those before its assessment, which looks at the same things. */
const LEAST_DAYS_AFTER = 14;
const LEAST_DAYS_BEFORE = 10;
/** Share of months in which nobody got round to it. */
const FORGOTTEN = 0.12;

/** Steps that end a transformation. */
const ENDING: ReadonlySet<PlannedStep['type']> = new Set([
  'assessed_success',
  'assessed_not_yet',
  'carried_over',
  'superseded',
]);

const QUARTERS = ['I', 'II', 'III', 'IV'];
/** What a review may say whatever the records show: they are read beside it, not in it. */
const FINDINGS = [
  'các biện pháp triển khai đúng kế hoạch.',
  'tổ tự quản họp định kỳ, người dân phản ánh kịp thời.',
  'đã kiểm tra các điểm theo kế hoạch, tin báo đều được tiếp nhận.',
  'một việc còn chậm so với kế hoạch, đã đôn đốc.',
  'đã họp với khu dân cư, thống nhất việc của tháng sau.',
  'giữ nguyên biện pháp, tiếp tục theo dõi số vụ việc.',
];

/** The steps of a plan, and after them the reviews of every month that it was under transformation. */
export function withMonthlyReviews(steps: readonly PlannedStep[], random: Random): PlannedStep[] {
  const written = new Set(steps.filter(({ type }) => type === 'reviewed').map(({ on }) => on.slice(0, 7)));
  const reviews = transformations(steps).flatMap(({ from, to }) =>
    reviewDays(from, to, random)
      .filter((on) => !written.has(on.slice(0, 7)))
      .map((on): PlannedStep => ({ type: 'reviewed', on, note: noteOf(on, random) })),
  );
  return [...steps, ...reviews];
}

/** From the day on which a transformation was known to the day on which it ended; the last one may go on to the end. */
function transformations(steps: readonly PlannedStep[]): { from: string; to: string }[] {
  const standing = steps.filter(
    ({ approval }, i) =>
      approval === undefined && !steps.some((later) => later.supersedes === i && later.approval === undefined),
  );
  return standing
    .filter(({ type }) => type === 'transforming')
    .map(({ on, enteredOn = on }) => ({
      from: enteredOn,
      to: standing.find((step) => ENDING.has(step.type) && step.on > on)?.on ?? END_DAY,
    }));
}

/** A working day late in each month. */
function reviewDays(from: string, to: string, random: Random): string[] {
  const days: string[] = [];
  const earliest = Math.max(startOfDay(from) + LEAST_DAYS_AFTER * DAY_MS, startOfDay(`${FIRST_REVIEW_MONTH}-01`));
  const latest = startOfDay(to) - (to === END_DAY ? 1 : LEAST_DAYS_BEFORE) * DAY_MS;
  for (let year = 2025; year <= 2026; year++)
    for (let month = 1; month <= 12; month++) {
      const day = startOfDay(`${year}-${String(month).padStart(2, '0')}-${24 + random.int(4)}`);
      const isForgotten = random.next() < FORGOTTEN;
      const worked = day - Math.max(0, toLocal(day).weekday - 4) * DAY_MS;
      if (worked >= earliest && worked <= latest && !isForgotten) days.push(toIsoDay(worked));
    }
  return days;
}

function noteOf(on: string, random: Random): string {
  const month = Number(on.slice(5, 7));
  const title = month % 3 === 0 ? `Sơ kết quý ${QUARTERS[month / 3 - 1]}` : `Rà soát tháng ${month}`;
  return `${title}: ${random.pick(FINDINGS)}`;
}
