import type { AreaAnswer } from '@diemnong/contracts';
import { IconMap2, IconPencil, IconPrinter } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { keepView, useUpdateView, useView } from '../../state/use-view.ts';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { Field } from '../../ui/Field.tsx';
import page from '../../ui/page.module.css';
import { StatusBadge } from '../areas/StatusBadge.tsx';
import { TypeBadges } from '../areas/TypeBadges.tsx';
import { useAreaWords } from '../areas/use-area-words.ts';
import { useCommunes } from '../communes/use-communes.ts';
import { DayFilter } from '../days/DayFilter.tsx';
import { useMeta } from '../meta/use-meta.ts';
import { useSession } from '../session/session-context.ts';
import styles from './area-page.module.css';

type AreaHeadProps = { answer: AreaAnswer };

/** What it is called, where it lies, what kind it is and where it stands; and the ways on from here. */
export function AreaHead({ answer: { area, asOf, dataVersion } }: AreaHeadProps) {
  const { t } = useTranslation(['area-page', 'areas']);
  const { code, number } = useAreaWords();
  const { can } = useSession();
  const { data: meta } = useMeta();
  const view = useView();
  const updateView = useUpdateView();
  return (
    <header className={page.section}>
      <nav aria-label={t('path')} className={styles.path}>
        <Link to="/dia-ban/bang" search={keepView}>
          {t('areas:title')}
        </Link>
        <span aria-hidden> › </span>
        <span>{code(area)}</span>
      </nav>
      <div className={styles.titleLine}>
        <h1>{area.name}</h1>
        <StatusBadge status={area.status} />
        {meta?.demo && <span className={styles.simulated}>{t('areas:simulated')}</span>}
      </div>
      <p className={styles.lead}>
        {area.since !== null && t('sinceDay', { day: formatDay(area.since) })}
        {area.watchUntil !== null && ` ${t('watchUntil', { day: formatDay(area.watchUntil) })}`}
      </p>
      <dl className={page.facts}>
        <dt>{t('place')}</dt>
        <dd>
          <Place area={area} />
        </dd>
        <dt>{t('types')}</dt>
        <dd>
          <TypeBadges types={area.types} isLong />
        </dd>
        <dt>{t('level')}</dt>
        <dd>{t(`areas:level.${area.level}`)}</dd>
        <dt>{t('years')}</dt>
        <dd>{area.listedYears.length > 0 ? area.listedYears.join(', ') : t('noYear')}</dd>
        {area.parents.length > 0 && <Relatives label={t('parents')} areas={area.parents} />}
        {area.successors.length > 0 && <Relatives label={t('successors')} areas={area.successors} />}
      </dl>
      {area.description !== '' && <p className={styles.description}>{area.description}</p>}
      <p className={styles.small}>
        {t('coverage')} {t('versions', { version: number(dataVersion), revision: number(area.revision) })}
      </p>
      <div className={styles.headTools}>
        <div className={page.actions}>
          {area.geometry !== null && (
            <ButtonLink to="/" search={(before) => ({ ...keepView(before), area: area.id })}>
              <IconMap2 size="1.125em" aria-hidden />
              {t('onMap')}
            </ButtonLink>
          )}
          <ButtonLink to="/dia-ban/$id/phieu" params={{ id: area.id }} search={keepView}>
            <IconPrinter size="1.125em" aria-hidden />
            {t('sheet')}
          </ButtonLink>
          {can('planning') && area.status !== 'superseded' && (
            <ButtonLink to="/dia-ban/$id/sua" params={{ id: area.id }} search={keepView}>
              <IconPencil size="1.125em" aria-hidden />
              {t('edit')}
            </ButtonLink>
          )}
        </div>
        <Field label={t('asOf')}>
          {(control) => (
            <DayFilter
              {...control}
              value={view.asOf ?? asOf}
              onChange={(day) => updateView({ asOf: day }, { replace: true })}
            />
          )}
        </Field>
      </div>
    </header>
  );
}

function Place({ area }: { area: AreaAnswer['area'] }) {
  const { t } = useTranslation('area-page');
  const { number } = useAreaWords();
  const { data } = useCommunes(undefined);
  const nameOf = (code: string) =>
    data?.features.find(({ properties }) => properties.code === code)?.properties.fullName ?? code;
  const others = area.communes.filter((code) => code !== area.commune.code).map(nameOf);
  return (
    <>
      {nameOf(area.commune.code) === area.commune.code ? area.commune.name : nameOf(area.commune.code)}
      {others.length > 0 && ` ${t('alsoIn', { communes: others.join(', ') })}`}
      {' · '}
      {area.areaKm2 === null
        ? t('notDrawn')
        : t('size', { km2: number(area.areaKm2, 2), cells: number(area.cells.length) })}
    </>
  );
}

function Relatives({ label, areas }: { label: string; areas: AreaAnswer['area']['parents'] }) {
  const { code } = useAreaWords();
  return (
    <>
      <dt>{label}</dt>
      <dd className={styles.relatives}>
        {areas.map((one) => (
          <Link key={one.id} to="/dia-ban/$id" params={{ id: one.id }} search={keepView}>
            {code(one)} {one.name}
          </Link>
        ))}
      </dd>
    </>
  );
}
