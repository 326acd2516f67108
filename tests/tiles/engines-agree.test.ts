import { createTileSet, type TileSet } from '@diemnong/tiles';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestTileSources, listTileRows } from '../../server/src/features/tiles/tiles-queries.ts';
import { hasTestServer, openTestEmbedded, openTestServer, type TestDatabase } from '../support/database.ts';
import { hasHungYen, loadHungYen, tileAt } from './tile-fixtures.ts';

describe.skipIf(!hasTestServer() || !hasHungYen())('the tiles of Hưng Yên', () => {
  const databases: TestDatabase[] = [];
  const sets: TileSet[] = [];

  beforeAll(async () => {
    for (const open of [openTestEmbedded, openTestServer]) {
      const database = await open();
      databases.push(database);
      await loadHungYen(database);
      sets.push(createTileSet(await listTileRows(database.knex)));
    }
  });
  afterAll(async () => {
    for (const database of databases) await database.close();
  });

  it('have one digest on both engines', async () => {
    const digests = await Promise.all(databases.map(({ knex }) => digestTileSources(knex)));
    expect(digests[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(digests[1]).toBe(digests[0]);
  });

  it('are the same bytes on both engines, at every zoom', () => {
    const [embedded, server] = sets;
    let compared = 0;
    for (let z = 0; z <= 14; z++) {
      const northWest = tileAt(z, 105.9, 21);
      const southEast = tileAt(z, 106.65, 20.25);
      const step = Math.max(1, Math.floor((southEast.x - northWest.x) / 8));
      for (let x = northWest.x; x <= southEast.x; x += step)
        for (let y = northWest.y; y <= southEast.y; y += step) {
          const one = embedded?.cut('basemap', { z, x, y }) ?? new Uint8Array();
          const other = server?.cut('basemap', { z, x, y }) ?? new Uint8Array();
          expect(Buffer.compare(one, other), `tile ${z}/${x}/${y}`).toBe(0);
          if (one.length > 0) compared++;
        }
    }
    expect(compared).toBeGreaterThan(100);
  });
});
