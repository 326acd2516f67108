import { describe, expect, it } from 'vitest';
import { type RawFeature, readGeoJsonFeatures } from './geojson-features.ts';

/** The text in chunks of `size` bytes, so that every cut is tried. */
async function read(text: string, size = 7): Promise<RawFeature[]> {
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const features: RawFeature[] = [];
  for await (const feature of readGeoJsonFeatures(chunks())) features.push(feature);
  return features;
}

const feature = (name: string) => ({
  type: 'Feature',
  properties: { name, nested: { features: [1, { a: '}' }] } },
  geometry: { type: 'Point', coordinates: [106, 20] },
});

describe('readGeoJsonFeatures', () => {
  it('finds every feature of a collection, however the bytes are cut', async () => {
    const names = ['Xã "Ngoặc" } ] \\', 'Đặc khu Hoàng Sa', 'crs'];
    const text = JSON.stringify(
      { type: 'FeatureCollection', name: '[{', features: names.map(feature), after: [{}] },
      null,
      1,
    );
    for (const size of [1, 2, 3, 5, 64, 10_000]) {
      expect((await read(text, size)).map(({ properties }) => properties.name)).toEqual(names);
    }
  });

  it('reads features one after another, with record separators or without', async () => {
    const lines = ['a', 'b'].map((name) => JSON.stringify(feature(name)));
    expect(await read(lines.join('\n'))).toHaveLength(2);
    expect(await read(lines.map((line) => `\x1e${line}\n`).join(''))).toHaveLength(2);
  });

  it('takes the CRS84 and EPSG:4326 of old GeoJSON as longitude and latitude', async () => {
    for (const name of ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326', 'urn:ogc:def:crs:EPSG::4326']) {
      const crs = { type: 'name', properties: { name } };
      expect(await read(JSON.stringify({ type: 'FeatureCollection', crs, features: [feature('a')] }))).toHaveLength(1);
    }
  });

  it('tells of another system whether it is declared before the features or after', async () => {
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3405' } };
    const before = read(JSON.stringify({ type: 'FeatureCollection', crs, features: [feature('a')] }));
    await expect(before).rejects.toMatchObject({ crs: 'urn:ogc:def:crs:EPSG::3405', isBeforeFeatures: true });
    const after = read(JSON.stringify({ type: 'FeatureCollection', features: [feature('a')], crs }));
    await expect(after).rejects.toMatchObject({ isBeforeFeatures: false });
  });

  it('refuses what is cut off, not JSON or not GeoJSON', async () => {
    const whole = JSON.stringify({ type: 'FeatureCollection', features: [feature('a'), feature('b')] });
    await expect(read(whole.slice(0, -20))).rejects.toMatchObject({ code: 'unprocessable' });
    await expect(read('mã xã;tên\n00001;A')).rejects.toMatchObject({ code: 'unprocessable' });
    await expect(read('{"type":"Topology","objects":{}}')).rejects.toThrow(/Topology/);
    await expect(read('')).rejects.toMatchObject({ code: 'unprocessable' });
    await expect(read('{"type":"Feature",}')).rejects.toMatchObject({ code: 'unprocessable' });
  });
});
