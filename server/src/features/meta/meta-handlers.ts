import type { getMeta, ResponseOf } from '@diemnong/contracts';
import type { AppContext } from '../../app-context.ts';
import type { SignedInContext } from '../../http/serve.ts';
import { toDay } from '../../snapshot/local-days.ts';
import { bboxOf } from '../../snapshot/reference-queries.ts';
import { describePublication } from '../shared-counts/shared-meta.ts';
import { findRange } from './meta-queries.ts';

export async function describePlatform(
  { snapshots, db, configuration }: AppContext,
  { identity }: SignedInContext,
): Promise<ResponseOf<typeof getMeta>> {
  const { scope } = identity;
  const published = scope.reach === 'shared' ? await describePublication(snapshots, scope) : undefined;
  return snapshots.read(scope, async (source) => {
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
      offices: reference.offices.map(({ code, name }) => ({ code, name })),
      range: range.lastDay === null ? null : { from: toDay(range.firstDay), to: toDay(range.lastDay + 1) },
      incidentCount: range.incidentCount,
      hiddenUnder: null,
      ...published,
      bbox: bboxOf(reference),
      basemap: configuration.basemap !== undefined,
      locale: 'vi-VN',
      timeZone: 'Asia/Ho_Chi_Minh',
    };
  });
}
