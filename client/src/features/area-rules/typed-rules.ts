import { type AreaCondition, AreaRules } from '@diemnong/contracts';

/** Rules as they stand in the fields of the form: texts, shares as percents. */
export type TypedRules = {
  conditions: { id: string; nameVi: string; nameEn: string; atLeastPercent: string }[];
  watchMonths: string;
  lateDay: string;
  lateMonth: string;
  transformationPercent: string;
  noRelapsePercent: string;
  relapseMonths: string;
  relapsePercent: string;
};

const numberFields = [
  'transformationPercent',
  'noRelapsePercent',
  'watchMonths',
  'relapseMonths',
  'relapsePercent',
] as const satisfies readonly (keyof TypedRules)[];
export type NumberField = (typeof numberFields)[number];

export const limits: Record<NumberField, readonly [min: number, max: number]> = {
  transformationPercent: [0, 100],
  noRelapsePercent: [0, 100],
  watchMonths: [1, 60],
  relapseMonths: [1, 12],
  relapsePercent: [10, 300],
};

export function toTyped(rules: AreaRules): TypedRules {
  const [month = '', day = ''] = rules.lateAfter.split('-');
  return {
    conditions: rules.conditions.map(({ atLeast, ...condition }) => ({
      ...condition,
      atLeastPercent: atLeast === null ? '' : toPercent(atLeast),
    })),
    watchMonths: String(rules.watchMonths),
    lateDay: String(Number(day)),
    lateMonth: String(Number(month)),
    transformationPercent: toPercent(rules.transformationTarget),
    noRelapsePercent: toPercent(rules.noRelapseTarget),
    relapseMonths: String(rules.relapseMonths),
    relapsePercent: toPercent(rules.relapseShare),
  };
}

/** @returns undefined while a field holds what the rules cannot be. */
export function toRules(typed: TypedRules): AreaRules | undefined {
  if (numberFields.some((field) => !isNumberRight(field, typed[field])) || !isLateDayRight(typed)) return undefined;
  const read = AreaRules.safeParse({
    conditions: typed.conditions.map(
      ({ atLeastPercent, ...condition }): AreaCondition => ({
        ...condition,
        atLeast: atLeastPercent.trim() === '' ? null : Number(atLeastPercent) / 100,
      }),
    ),
    watchMonths: Number(typed.watchMonths),
    lateAfter: `${typed.lateMonth.padStart(2, '0')}-${typed.lateDay.padStart(2, '0')}`,
    transformationTarget: Number(typed.transformationPercent) / 100,
    noRelapseTarget: Number(typed.noRelapsePercent) / 100,
    relapseMonths: Number(typed.relapseMonths),
    relapseShare: Number(typed.relapsePercent) / 100,
  });
  return read.success ? read.data : undefined;
}

export function isNumberRight(field: NumberField, value: string): boolean {
  const [min, max] = limits[field];
  const number = Number(value);
  const isWhole = field === 'watchMonths' || field === 'relapseMonths';
  return value.trim() !== '' && number >= min && number <= max && (!isWhole || Number.isInteger(number));
}

/** A day that every year has. */
export function isLateDayRight({ lateDay, lateMonth }: Pick<TypedRules, 'lateDay' | 'lateMonth'>): boolean {
  const [day, month] = [Number(lateDay), Number(lateMonth)];
  const date = new Date(Date.UTC(2025, month - 1, day));
  return Number.isInteger(day) && day > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Empty, or a percent: the least share that a condition asks for. */
export function isShareRight(percent: string): boolean {
  return Number(percent) >= 0 && Number(percent) <= 100;
}

/** An id that no other condition has: answers of earlier assessments stay tied to theirs. */
export function newConditionId(conditions: readonly { id: string }[]): string {
  for (let n = conditions.length + 1; ; n++) {
    const id = `dieu_kien_${n}`;
    if (conditions.every((condition) => condition.id !== id)) return id;
  }
}

/** 0.6 → '60', without the digits that floating point adds. */
function toPercent(share: number): string {
  return String(Number((share * 100).toFixed(6)));
}
