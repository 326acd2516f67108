import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { convertWithGdal, describeWithGdal } from './read-with-gdal.ts';
import { sourceCrs } from './source-crs.ts';

type Golden = {
  points: { epsg: number; easting: number; northing: number; expected: { wgs84_lon: number; wgs84_lat: number } }[];
};

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'diemnong-gdal-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

it('brings VN-2000 to WGS84 as EPSG:6960 does, to 1e-9°', async () => {
  const { points } = JSON.parse(
    readFileSync(new URL('../../../../tests/fixtures/golden/11_vn2000_wgs84.json', import.meta.url), 'utf8'),
  ) as Golden;
  // One of each kind: a 3° zone in the north, the zone where PROJ would choose other parameters, and UTM.
  for (const epsg of [9209, 9207, 3405]) {
    const all = points.filter((point) => point.epsg === epsg);
    const file = join(directory, `${epsg}.geojson`);
    const outputDir = mkdtempSync(join(directory, 'out-'));
    const features = all.map(({ easting, northing }) => ({
      type: 'Feature',
      properties: {},
      geometry: { type: 'Point', coordinates: [easting, northing] },
    }));
    writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features }));
    const written = await convertWithGdal(file, {
      layer: `${epsg}`,
      sourceCrs: sourceCrs(`EPSG:${epsg}`, null),
      outputDir,
    });
    const got = readFileSync(written, 'utf8')
      .replaceAll('\u001e', '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line).geometry.coordinates as [number, number]);
    expect(got).toHaveLength(all.length);
    for (const [i, { expected }] of all.entries()) {
      expect(Math.abs((got[i]?.[0] ?? 0) - expected.wgs84_lon)).toBeLessThan(1e-9);
      expect(Math.abs((got[i]?.[1] ?? 0) - expected.wgs84_lat)).toBeLessThan(1e-9);
    }
  }
}, 60_000);

it('says in GDAL’s own words that a file is none it knows, and does not hang', async () => {
  const file = join(directory, 'xa.gpkg');
  writeFileSync(file, 'not a GeoPackage');
  await expect(describeWithGdal(file)).rejects.toMatchObject({
    code: 'unprocessable',
    message: expect.stringMatching(/GDAL knows|not recognized|GPKG/),
  });
  await expect(describeWithGdal(join(directory, 'absent', 'xa.gpkg'))).rejects.toMatchObject({ code: 'unprocessable' });
});
