import type { Statement, Truth } from './shared-answers.ts';
import { sumOf } from './shared-answers.ts';

export type Bounds = { name: string; value: number; low: number; high: number };

/**
 * What a reader with unlimited patience can work out: every number that was shown goes into one system of linear equations,
 * with the fact that the three tables of a year are of the same records, and each hidden number is minimised and maximised in it.
 * Vertices are whole, as the tables of a year are a network of flows.
 */
export async function boundHidden(
  statements: readonly Statement[],
  truth: Truth,
  pick: (hidden: readonly Statement[]) => readonly Statement[],
): Promise<Bounds[]> {
  const { default: load } = (await import('highs')) as unknown as typeof import('highs');
  const highs = await load();
  const shown = unique(statements.filter((statement) => statement.shown !== null));
  const hidden = unique(
    statements.filter(({ shown: number, atoms }) => number === null && sumOf(atoms, truth) > 0),
  ).filter((statement) => !shown.some((other) => keyOf(other) === keyOf(statement)));
  const idOf = new Map<string, string>();
  const name = (atom: string) => {
    if (!idOf.has(atom)) idOf.set(atom, `v${idOf.size}`);
    return idOf.get(atom)!;
  };
  const line = (atoms: readonly string[], sign = '+') => atoms.map((atom) => `${sign} ${name(atom)}`).join(' ');
  /** A sum over years that follows from its years adds nothing; one that does not ties them together. */
  const ofYear = new Map(shown.filter(({ years }) => years.length === 1).map((one) => [keyOf(one), one.shown ?? 0]));
  const isImplied = ({ atoms, years }: Statement) =>
    years.length > 1 &&
    years.every((year) =>
      ofYear.has(
        atoms
          .filter((atom) => atom.split('|')[1] === `${year}`)
          .sort()
          .join(),
      ),
    );
  const needed = shown.filter((statement) => !isImplied(statement));
  const areYearsApart = needed.every(({ years }) => years.length === 1);
  const programs = new Map<string, string>();
  const programFor = (years: readonly number[]) => {
    const wanted = areYearsApart ? years : truth.years;
    const key = wanted.join();
    const known = programs.get(key);
    if (known !== undefined) return known;
    const sameRecords = wanted.flatMap((year) => [
      ...truth.groups.map((group) => tie(truth.atomsOf([year], { groups: [group] }))),
      ...truth.communes.map((commune) => tie(truth.atomsOf([year], { communes: [commune] }))),
    ]);
    const equations = needed
      .filter(({ years: own }) => own.every((year) => wanted.includes(year)))
      .map(({ atoms, shown: number }) => `${line(atoms)} = ${number}`);
    const program = ['Subject To', ...sameRecords.filter((text) => text !== ''), ...equations, 'End'].join('\n');
    programs.set(key, program);
    return program;
  };
  const tie = ([first, second]: string[][]) =>
    first === undefined || second === undefined ? '' : `${line(first)} ${line(second, '-')} = 0`;

  return pick(hidden).map((statement) => {
    const program = programFor(statement.years);
    const solve = (sense: string) => {
      const { Status, ObjectiveValue } = highs.solve(`${sense}\n${line(statement.atoms)}\n${program}`, {
        output_flag: false,
      });
      if (Status === 'Unbounded' || Status === 'Primal infeasible or unbounded') return Number.POSITIVE_INFINITY;
      if (Status !== 'Optimal') throw new Error(`bounds of ${statement.name}: ${Status}`);
      return Math.round(ObjectiveValue);
    };
    return {
      name: statement.name,
      value: sumOf(statement.atoms, truth),
      low: solve('Minimize'),
      high: solve('Maximize'),
    };
  });
}

export function keyOf({ atoms }: Statement): string {
  return atoms.toSorted().join();
}

function unique(statements: readonly Statement[]): Statement[] {
  return [...new Map(statements.map((statement) => [keyOf(statement), statement])).values()];
}
