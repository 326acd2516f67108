import { IconCheck } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { useMeta } from '../meta/use-meta.ts';
import { useShownCounts } from '../meta/use-shown-counts.ts';
import { useSession } from '../session/session-context.ts';
import { BoundaryImporter } from './BoundaryImporter.tsx';
import styles from './first-run.module.css';

/** Three steps from an empty database to the map: boundaries, incidents, map. Later the place to add a boundary set. */
export function FirstRunScreen() {
  const { t } = useTranslation('first-run');
  const language = useLanguage();
  const { data: meta } = useMeta();
  const { can } = useSession();
  const { show } = useShownCounts();
  const [isAdding, setAdding] = useState(false);
  if (meta === undefined) return null;

  const number = (value: number) => formatNumber(value, language);
  const hasBoundaries = meta.boundarySets.length > 0;
  const hasIncidents = meta.incidentCount !== 0;
  const current = hasBoundaries ? (hasIncidents ? 3 : 2) : 1;
  const defaultSet = meta.boundarySets.find(({ isDefault }) => isDefault) ?? meta.boundarySets[0];

  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1>{t(hasIncidents ? 'titleLater' : 'title')}</h1>
        <p>{t(hasIncidents ? 'subtitleLater' : 'subtitle')}</p>
      </header>
      <ol className={styles.steps}>
        <Step
          place={1}
          current={current}
          title={t('boundaries.title')}
          summary={
            defaultSet &&
            t('boundaries.done', {
              name: defaultSet.name,
              n: number(defaultSet.communeCount),
              count: meta.boundarySets.length,
              sets: number(meta.boundarySets.length),
            })
          }
        >
          {!hasBoundaries && <p className={styles.text}>{t('boundaries.text')}</p>}
          {meta.demo && <p className={styles.demo}>{t('boundaries.replacesDemo')}</p>}
          {can('boundaries') ? (
            <BoundaryImporter
              isFormOpen={!hasBoundaries || isAdding}
              takenSets={meta.boundarySets.map(({ id }) => id)}
              onOpen={() => setAdding(true)}
              onDone={() => setAdding(false)}
            />
          ) : (
            <p className={styles.wait}>{t('boundaries.others')}</p>
          )}
        </Step>
        <Step
          place={2}
          current={current}
          title={t('incidents.title')}
          summary={hasIncidents ? t('incidents.done', { n: show(meta.incidentCount) }) : undefined}
        >
          {!hasIncidents && <p className={styles.text}>{t('incidents.text')}</p>}
          <div>
            {hasBoundaries && can('imports') ? (
              <ButtonLink to="/nhap-lieu" search={true} variant={current === 2 ? 'filled' : 'outline'}>
                {t('incidents.action')}
              </ButtonLink>
            ) : (
              <p className={styles.wait}>{t(hasBoundaries ? 'incidents.others' : 'incidents.wait')}</p>
            )}
          </div>
        </Step>
        <Step place={3} current={current} title={t('map.title')} summary={undefined}>
          <p className={styles.text}>{t('map.text')}</p>
          <div>
            {hasIncidents ? (
              <ButtonLink to="/" search={true} variant="filled">
                {t('map.action')}
              </ButtonLink>
            ) : (
              <p className={styles.wait}>{t('map.wait')}</p>
            )}
          </div>
        </Step>
      </ol>
      {!hasBoundaries && <p className={styles.demoHint}>{t('demo')}</p>}
    </div>
  );
}

type StepProps = { place: number; current: number; title: string; summary: string | undefined; children: ReactNode };

function Step({ place, current, title, summary, children }: StepProps) {
  const { t } = useTranslation('first-run');
  const state = place < current ? 'done' : place === current ? 'current' : 'later';
  return (
    <li className={styles.step} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
      <span className={styles.number} aria-hidden>
        {state === 'done' ? <IconCheck size="1.25em" stroke={2.5} /> : place}
      </span>
      <div className={styles.stepBody}>
        <h2>
          {title}
          {state === 'done' && <span className="visually-hidden"> {t('done')}</span>}
        </h2>
        {summary !== undefined && <p className={styles.summary}>{summary}</p>}
        {children}
      </div>
    </li>
  );
}
