import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BoundaryOptions } from '@diemnong/contracts';
import {
  DEMO_SEED,
  type DemoArea,
  type DemoProvince,
  generateDemoAreas,
  generateDemoIncidents,
  generateDemoProvince,
} from '@diemnong/data';
import { serverActor } from '../access/record-audit.ts';
import { systemScope } from '../access/scope.ts';
import type { AppContext } from '../app-context.ts';
import { bulkLoad } from '../database/bulk-load.ts';
import { raiseDataVersion } from '../database/data-version.ts';
import type { Database } from '../database/open-database.ts';
import { syncEmbeddedCluster } from '../database/sync-cluster.ts';
import { importBoundaries } from '../features/boundaries/import-boundaries.ts';
import { incidentColumns } from '../features/imports/staged-rows.ts';
import { stageDemoIncidents } from './demo-incidents.ts';
import {
  findDemonstrationState,
  insertAssets,
  insertBatches,
  insertDemoProvince,
  markDemonstrationComplete,
  removeDemonstration,
} from './demonstration-queries.ts';

/**
 * Create the simulated province where it is wanted and the database is empty: by default on the embedded engine only,
 * on a server when DEMO=1. Takes some 20–40 s on the embedded engine; a creation that was cut off is begun anew.
 * @param say told what is going on, one line at a time.
 * @returns the hot-spot areas of the province created now, which come after its accounts (`addDemonstrationAreas`).
 */
export async function createDemonstration(
  context: Pick<AppContext, 'db' | 'configuration' | 'version'>,
  say: (text: string) => void,
): Promise<DemoArea[] | undefined> {
  const { db, configuration, version } = context;
  if (!(configuration.demo ?? db.engine === 'embedded')) return undefined;
  const state = await db.transaction(systemScope, findDemonstrationState);
  if (state === 'complete' || state === 'other data') return undefined;
  say('Đang tạo tỉnh mô phỏng (một lần, dưới một phút)… (Creating the simulated province, once.)');
  const started = performance.now();
  if (state === 'cut off') await db.transaction(systemScope, removeDemonstration);

  const province = generateDemoProvince({ seed: DEMO_SEED });
  const incidents = generateDemoIncidents(province, { seed: DEMO_SEED });
  const directory = join(db.stagingDir, 'demonstration');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  try {
    await db.transaction(systemScope, (transaction) => insertDemoProvince(transaction, province.province));
    await importBoundarySets(db, province, directory);
    const { batches, liveFile, replacedFile } = stageDemoIncidents(province, incidents, directory);
    await db.transaction(systemScope, async (transaction) => {
      await insertBatches(transaction, province, incidents.columns.offices, batches);
      await bulkLoad(db, transaction, { table: 'incident', columns: incidentColumns, file: liveFile });
      await bulkLoad(db, transaction, {
        table: 'incident_replaced',
        columns: [...incidentColumns, 'replaced_by'],
        file: replacedFile,
      });
      await insertAssets(transaction, province);
      await markDemonstrationComplete(transaction, DEMO_SEED);
      await raiseDataVersion(transaction);
    });
    await syncEmbeddedCluster(db);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  version.invalidate();
  say(`Đã tạo tỉnh mô phỏng trong ${((performance.now() - started) / 1000).toFixed(0)} giây. (Done.)`);
  return generateDemoAreas(province, incidents, { seed: DEMO_SEED });
}

/** Through the same door as a province's own file: repairs, overlaps, gaps and cells are worked out as for real ones. */
async function importBoundarySets(db: Database, province: DemoProvince, directory: string): Promise<void> {
  for (const set of province.boundarySets) {
    const file = join(directory, `${set.id}.geojson`);
    writeFileSync(file, JSON.stringify(set.communes));
    await importBoundaries(db, {
      file,
      by: { ...serverActor, scope: systemScope },
      options: BoundaryOptions.parse({
        set: set.id,
        name: set.name,
        validFrom: set.validFrom,
        ...(set.validTo === null ? {} : { validTo: set.validTo }),
        codeField: 'code',
        nameField: 'fullName',
        provinceField: 'provinceCode',
        populationField: 'population',
      }),
    });
  }
}
