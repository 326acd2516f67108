import { defaultSettings, Settings } from '@diemnong/contracts';
import type { Knex } from 'knex';

/** Key of each setting in the table `setting`. */
const keys = {
  smallestCount: 'smallest_count',
  reportingCutoffDay: 'reporting_cutoff_day',
  yearlyReductionPercent: 'yearly_reduction_percent',
} as const satisfies Record<keyof Settings, string>;

/** The settings, with the default where none was made. A value that is no setting (written by hand) counts as none. */
export async function readSettings(transaction: Knex): Promise<Settings> {
  const rows = await transaction('setting')
    .whereIn('key', Object.values(keys))
    .select<{ key: string; value: unknown }[]>('key', 'value');
  const stored = new Map(rows.map(({ key, value }) => [key, value]));
  const entries = Object.entries(keys).map(([name, key]) => {
    const value = Settings.shape[name as keyof Settings].safeParse(stored.get(key));
    return [name, value.success ? value.data : defaultSettings[name as keyof Settings]];
  });
  return Object.fromEntries(entries) as Settings;
}

/** Until the end of the transaction nobody else changes a setting: what is read before a change is what stood before it. */
export async function lockSettings(transaction: Knex.Transaction): Promise<void> {
  await transaction.raw('lock table setting in share row exclusive mode');
}

export async function saveSettings(transaction: Knex.Transaction, changes: Partial<Settings>): Promise<void> {
  const rows = Object.entries(changes).map(([name, value]) => ({
    key: keys[name as keyof Settings],
    value: JSON.stringify(value),
  }));
  await transaction('setting').insert(rows).onConflict('key').merge();
}
