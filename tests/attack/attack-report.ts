/** What an attack came to. */
export type AttackReport = {
  name: string;
  /** How often it was tried. */
  tries: number;
  /** What the attacker got, one line each; [] when everything held. The first 20 are kept, `successes` counts all. */
  examples: string[];
  successes: number;
  /** The same attack with the guard taken away: it must succeed, or the attack proves nothing. */
  controls: { without: string; successes: number }[];
  /** Anything measured besides. */
  note?: string;
};

/** Collects successes: all are counted, the first 20 are told. */
export type Tally = { readonly successes: number; readonly examples: string[]; add(example: string): void };

export function createTally(): Tally {
  const examples: string[] = [];
  let successes = 0;
  return {
    get successes() {
      return successes;
    },
    examples,
    add(example) {
      successes++;
      if (examples.length < 20) examples.push(example);
    },
  };
}

/** One line of `npm run attack`. */
export function reportLine({ name, tries, successes, controls, note }: AttackReport): string {
  const control = controls.map(({ without, successes }) => `${without} ${successes}`).join(', ');
  return `${name}: ${tries} tries, ${successes} successes (control: ${control || 'none'})${note === undefined ? '' : `; ${note}`}`;
}

/** An attack that succeeds, or a control that does not, is a failure. */
export function isHeld({ successes, controls }: AttackReport): boolean {
  return successes === 0 && controls.every((control) => control.successes > 0);
}

/** Run `work` for 0 … count − 1, `width` at a time. */
export async function inParallel(count: number, width: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
}
