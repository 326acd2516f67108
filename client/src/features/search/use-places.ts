import type { AreaStatus } from '@diemnong/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useView } from '../../state/use-view.ts';
import { useAreas } from '../areas/use-areas.ts';
import { type CommuneFeature, useCommunes } from '../communes/use-communes.ts';
import { useSession } from '../session/session-context.ts';

/** What a name can be searched for; `fullName` holds all words that it is found by. */
export type Place = { id: string; name: string; fullName: string } & (
  | { kind: 'commune'; code: string; feature: CommuneFeature }
  | { kind: 'area'; code: string; commune: string; status: AreaStatus }
);

/** Communes and, for those who may see them, hot-spot areas; these are asked for when `isAsked`. */
export function usePlaces(isAsked: boolean): { places: readonly Place[]; isLoading: boolean } {
  const { t } = useTranslation('areas');
  const { set } = useView();
  const { can } = useSession();
  const { data: communes } = useCommunes(set);
  // The same answer as the board's without a filter; names change seldom.
  const { data, isLoading } = useAreas({}, { enabled: isAsked && can('analysis'), staleTime: 60_000 });
  const places = useMemo(
    () => [
      ...(communes?.features ?? []).map((feature) => {
        const { code, name, fullName } = feature.properties;
        return { kind: 'commune' as const, id: code, code, name, fullName, feature };
      }),
      // What was struck or gave way to its successors is found through them.
      ...(data?.areas ?? [])
        .filter(({ status }) => status !== 'draft' && status !== 'superseded')
        .map(({ id, number, name, commune, status }) => {
          const code = t('code', { number: String(number).padStart(3, '0') });
          const fullName = `${code} ${number} ${commune.name}`;
          return { kind: 'area' as const, id, code, name, fullName, commune: commune.name, status };
        }),
    ],
    [communes, data, t],
  );
  return { places, isLoading: isLoading || communes === undefined };
}
