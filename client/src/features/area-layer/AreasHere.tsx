import { useTranslation } from 'react-i18next';
import { keepView, useUpdateView } from '../../state/use-view.ts';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { StatusBadge } from '../areas/StatusBadge.tsx';
import { useSession } from '../session/session-context.ts';
import styles from './area-layer.module.css';
import { useAreasHere } from './use-areas-here.ts';

type AreasHereProps = { place: string };

/** Hot-spot areas at a hexagon or in a commune, and for planners the way to mark one there. */
export function AreasHere({ place }: AreasHereProps) {
  const { t } = useTranslation('area-layer');
  const updateView = useUpdateView();
  const { can } = useSession();
  const areas = useAreasHere(place);
  const [kind, id = ''] = place.split(':');
  return (
    <section className={styles.here} data-testid="areas-here">
      <h3>{t('here.title')}</h3>
      {areas?.length === 0 && <p className={styles.quiet}>{t('here.none')}</p>}
      {areas && areas.length > 0 && (
        <ul>
          {areas.map(({ id: area, name, status }) => (
            <li key={area}>
              <button type="button" className={styles.link} onClick={() => updateView({ areas: '1', area })}>
                {name}
              </button>
              <StatusBadge status={status} isShort />
            </li>
          ))}
        </ul>
      )}
      {can('planning') && (
        <ButtonLink
          to="/dia-ban/moi"
          search={(before) => ({ ...keepView(before), ...(kind === 'hex' ? { cells: [id] } : { commune: id }) })}
        >
          {t('here.mark')}
        </ButtonLink>
      )}
    </section>
  );
}
