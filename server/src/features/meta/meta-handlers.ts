import type { getMeta, ResponseOf } from '@diemnong/contracts';
import type { AppContext } from '../../app-context.ts';
import { toDay } from '../../snapshot/local-days.ts';
import { findRange } from './meta-queries.ts';

export function describePlatform({ snapshots, db, configuration }: AppContext): Promise<ResponseOf<typeof getMeta>> {
  return snapshots.read(async (source) => {
    const { reference } = source;
    const range = await findRange(source);
    return {
      dataVersion: reference.dataVersion,
      demo: reference.isDemo,
      embedded: db.engine === 'embedded',
      provinces: reference.provinces,
      boundarySets: reference.boundarySets.map(({ id, name, validFrom, validTo, isDefault, communeCount }) => ({
        id,
        name,
        validFrom,
        validTo,
        isDefault,
        communeCount,
      })),
      categories: reference.categories,
      offices: reference.offices,
      range: range.lastDay === null ? null : { from: toDay(range.firstDay), to: toDay(range.lastDay + 1) },
      incidentCount: range.incidentCount,
      bbox: reference.bbox,
      basemap: configuration.basemap !== undefined,
      locale: 'vi-VN',
      timeZone: 'Asia/Ho_Chi_Minh',
    };
  });
}
