import { describe, expect, it } from 'vitest';
import { type ProjJson, sourceCrs } from './source-crs.ts';

const vn2000Utm48: ProjJson = {
  type: 'ProjectedCRS',
  name: 'VN-2000 / UTM zone 48N',
  base_crs: { type: 'GeographicCRS', name: 'VN-2000', datum: { name: 'Vietnam 2000' } },
  conversion: {
    method: { name: 'Transverse Mercator' },
    parameters: [
      { name: 'Longitude of natural origin', value: 105 },
      { name: 'Scale factor at natural origin', value: 0.9996 },
      { name: 'False easting', value: 500_000 },
    ],
  },
};

describe('sourceCrs', () => {
  it('leaves a declared system to GDAL unless it is VN-2000, whose datum shift is forced', () => {
    expect(sourceCrs('auto', { type: 'GeographicCRS', name: 'WGS 84' })).toBeUndefined();
    expect(sourceCrs('auto', vn2000Utm48)).toMatch(/\+lon_0=105 \+k=0\.9996 .*\+towgs84=-191\.90441429,/);
    expect(sourceCrs('auto', { type: 'BoundCRS', source_crs: vn2000Utm48 })).toMatch(/\+lon_0=105 /);
    expect(
      sourceCrs('auto', { type: 'GeographicCRS', name: 'VN-2000', id: { authority: 'EPSG', code: 4756 } }),
    ).toMatch(/longlat/);
  });

  it('understands the systems a person names', () => {
    expect(sourceCrs('vn2000:105.5', null)).toMatch(/\+lon_0=105\.5 \+k=0\.9999 /);
    expect(sourceCrs('EPSG:9213', null)).toMatch(/\+lon_0=106\.5 /);
    expect(sourceCrs('EPSG:32648', null)).toBe('EPSG:32648');
  });

  it('refuses a file that declares nothing, a withdrawn code and nonsense', () => {
    expect(() => sourceCrs('auto', null)).toThrow(/--crs/);
    expect(() => sourceCrs('EPSG:6959', null)).toThrow(/5899/);
    expect(() => sourceCrs('vn2000', null)).toThrow(/vn2000:106\.5/);
  });
});
