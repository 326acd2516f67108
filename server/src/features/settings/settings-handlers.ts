import type { Settings } from '@diemnong/contracts';
import type { Identity } from '../../access/identity.ts';
import { recordAudit } from '../../access/record-audit.ts';
import type { AppContext } from '../../app-context.ts';
import { raiseDataVersion } from '../../database/data-version.ts';
import { lockSettings, readSettings, saveSettings } from './settings-queries.ts';

/** GET /api/settings. */
export async function describeSettings({ db }: Pick<AppContext, 'db'>, { scope }: Identity): Promise<Settings> {
  return db.transaction(scope, readSettings);
}

/** PATCH /api/settings: what is given and different is changed, and logged; counts are then worked out anew. */
export async function changeSettings(
  { db, version }: Pick<AppContext, 'db' | 'version'>,
  wanted: Partial<Settings>,
  identity: Identity,
): Promise<Settings> {
  const settings = await db.transaction(identity.scope, async (transaction) => {
    await lockSettings(transaction);
    const before = await readSettings(transaction);
    const after = { ...before, ...wanted };
    const changed = (Object.keys(before) as (keyof Settings)[]).filter((name) => after[name] !== before[name]);
    if (changed.length === 0) return before;
    const pick = (all: Settings) => Object.fromEntries(changed.map((name) => [name, all[name]]));
    await saveSettings(transaction, pick(after));
    await raiseDataVersion(transaction);
    await recordAudit(transaction, identity, {
      action: 'setting.changed',
      target: 'setting',
      before: pick(before),
      after: pick(after),
    });
    return after;
  });
  version.invalidate();
  return settings;
}
