import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import express from 'express';
import pino from 'pino';
import type { AppContext } from '../../server/src/app-context.ts';
import { raiseDataVersion } from '../../server/src/database/data-version.ts';
import { createVersionWatch } from '../../server/src/database/version-watch.ts';
import { describeLayer, sendBasemap, sendTile } from '../../server/src/features/tiles/tiles-handlers.ts';
import { errorHandler } from '../../server/src/http/error-handler.ts';
import type { TestDatabase } from '../support/database.ts';

/** The tile routes alone over a database, on a free port. */
export async function serveTiles(
  database: TestDatabase,
  basemap?: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const context = {
    db: database,
    version: createVersionWatch(database),
    configuration: { basemap },
  } as unknown as AppContext; // all that the tile handlers use
  const app = express();
  app.get('/tiles/:layer.json', (request, response) => describeLayer(context, request, response));
  app.get('/tiles/:layer/:z/:x/:y.mvt', (request, response) => sendTile(context, request, response));
  app.get('/basemap.pmtiles', (request, response) => sendBasemap(context, request, response));
  app.use(errorHandler(pino({ level: 'silent' })));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

/** Three communes side by side around Yên Mỹ (one with a river in it), two roads, a lake with an island. */
export async function loadSmallPlace(database: TestDatabase): Promise<void> {
  await database.knex.transaction(async (transaction) => {
    await transaction.raw(`
      insert into boundary_set (id, name, valid_from, is_default) values ('2025-07', 'Từ 01/7/2025', '2025-07-01', true);
      insert into commune (boundary_set_id, code, province_code, name, full_name, kind, area_m2, label_point, geom)
      select '2025-07', code, '33', name, full_name, kind, 1, ST_PointFromText(label, 4326), ST_Multi(ST_GeomFromText(shape, 4326))
        from (values
          ('11953', 'Phố Hiến', 'Phường Phố Hiến', 'phường', 'POINT(106.03 20.95)',
           'POLYGON((106 20.9, 106.06 20.9, 106.07 20.93, 106.05 20.97, 106.06 21, 106 21, 106 20.9))'),
          ('11977', 'Đoàn Đào', 'Xã Đoàn Đào', 'xã', 'POINT(106.1 20.95)',
           'POLYGON((106.06 20.9, 106.12 20.9, 106.13 21, 106.06 21, 106.05 20.97, 106.07 20.93, 106.06 20.9))'),
          ('12004', 'Tiên Hoa', 'Xã Tiên Hoa', 'xã', 'POINT(106.17 20.95)',
           'POLYGON((106.12 20.9, 106.2 20.9, 106.2 21, 106.13 21, 106.12 20.9))')
        ) as place (code, name, full_name, kind, label, shape);
      insert into road (province_code, id, name, class, lit, geom) values
        ('33', 1, 'Quốc lộ 39', 'quoc_lo', true, ST_GeomFromText('MULTILINESTRING((106 20.94, 106.1 20.95, 106.2 20.96))', 4326)),
        ('33', 2, null, 'lien_thon', null, ST_GeomFromText('MULTILINESTRING((106.03 20.95, 106.035 20.955))', 4326));
      insert into water (province_code, id, kind, name, geom) values
        ('33', 1, 'lake', 'Hồ Bán Nguyệt', ST_GeomFromText(
          'MULTIPOLYGON(((106.15 20.94, 106.17 20.94, 106.17 20.96, 106.15 20.96, 106.15 20.94),
                         (106.158 20.948, 106.158 20.952, 106.162 20.952, 106.162 20.948, 106.158 20.948)))', 4326))`);
    await raiseDataVersion(transaction);
  });
}

const hungYenFile = new URL('../../../shared/data/communes_2025_33_hung_yen_fullres.geojson.gz', import.meta.url);

/** False when the communes of Hưng Yên are not beside the project; throws when CI=true, where nothing may be left out. */
export function hasHungYen(): boolean {
  if (existsSync(hungYenFile)) return true;
  if (process.env.CI === 'true')
    throw new Error(`${hungYenFile.pathname} is missing: it may not be left out with CI=true`);
  console.warn('The communes of Hưng Yên are not in ../shared/data: their tiles are not tested.');
  return false;
}

/** The 104 communes at full resolution. Label points are corners, so that no engine has a say in them. */
export async function loadHungYen(database: TestDatabase): Promise<number> {
  type Feature = {
    properties: { code: string; name: string; fullName: string; province_code: string };
    geometry: { type: 'Polygon' | 'MultiPolygon'; coordinates: unknown[] };
  };
  const { features } = JSON.parse(gunzipSync(readFileSync(hungYenFile)).toString('utf8')) as { features: Feature[] };
  await database.knex.transaction(async (transaction) => {
    await transaction('boundary_set').insert({
      id: '2025-07',
      name: 'Hưng Yên',
      valid_from: '2025-07-01',
      is_default: true,
    });
    for (const { properties, geometry } of features)
      await transaction.raw(
        `with shape as (select ST_Multi(ST_SetSRID(ST_GeomFromGeoJSON(:geojson), 4326)) as geom)
         insert into commune (boundary_set_id, code, province_code, name, full_name, kind, area_m2, label_point, geom)
         select '2025-07', :code, :province, :name, :fullName, 'xã', 1, ST_StartPoint(ST_ExteriorRing(ST_GeometryN(geom, 1))), geom
           from shape`,
        { ...properties, province: properties.province_code, geojson: JSON.stringify(geometry) },
      );
    await raiseDataVersion(transaction);
  });
  return features.length;
}

/** The tile of a place given in degrees. */
export function tileAt(z: number, lng: number, lat: number): { z: number; x: number; y: number } {
  const mercator = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
  return { z, x: Math.floor((lng / 360 + 0.5) * 2 ** z), y: Math.floor((0.5 - mercator) * 2 ** z) };
}
