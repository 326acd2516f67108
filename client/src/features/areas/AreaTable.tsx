import type { AreaSummary } from '@diemnong/contracts';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { keepView } from '../../state/use-view.ts';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { SortHeader } from '../../ui/SortHeader.tsx';
import table from '../../ui/table.module.css';
import type { AreaSort } from './area-rows.ts';
import styles from './area-table.module.css';
import { StatusBadge } from './StatusBadge.tsx';
import { TypeBadges } from './TypeBadges.tsx';
import { useAreaWords } from './use-area-words.ts';
import { useRowWindow } from './use-row-window.ts';

type AreaTableProps = {
  /** Sorted. */
  rows: readonly AreaSummary[];
  sort: AreaSort;
  onSort: (sort: AreaSort) => void;
};

const columns = 9;

/** One line for each area. Only the lines that are seen are drawn: ten thousand scroll as ten do. */
export function AreaTable({ rows, sort, onSort }: AreaTableProps) {
  const { t } = useTranslation('areas');
  const frame = useRef<HTMLElement>(null);
  const { first, end, above, below } = useRowWindow(frame, rows.length);
  const head = { sort, onSort };
  return (
    <ScrollRegion ref={frame} className={`${table.frame} ${styles.frame}`} label={t('title')}>
      <table className={`${table.table} ${styles.table}`} aria-rowcount={rows.length + 1} data-testid="area-table">
        <thead>
          <tr>
            <SortHeader {...head} name="number" label={t('heading.number')} />
            <SortHeader {...head} name="name" label={t('heading.name')} />
            <SortHeader {...head} name="commune" label={t('heading.commune')} />
            <th scope="col">{t('heading.types')}</th>
            <SortHeader {...head} name="status" label={t('heading.status')} />
            <SortHeader {...head} name="since" label={t('heading.since')} />
            <SortHeader {...head} name="year" label={t('heading.years')} />
            <SortHeader {...head} name="area" label={t('heading.area')} className={table.numeric} />
            <th scope="col">{t('heading.waiting')}</th>
          </tr>
        </thead>
        <tbody>
          <Spacer pixels={above} />
          {rows.slice(first, end).map((area, place) => (
            <AreaRow key={area.id} area={area} index={first + place + 2} />
          ))}
          <Spacer pixels={below} />
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function AreaRow({ area, index }: { area: AreaSummary; index: number }) {
  const { t } = useTranslation('areas');
  const { code, number } = useAreaWords();
  return (
    <tr data-row aria-rowindex={index} data-testid={`row-${area.id}`}>
      <td className={table.nowrap}>{code(area)}</td>
      <th scope="row" className={styles.name}>
        <Link to="/dia-ban/$id" params={{ id: area.id }} search={keepView} title={area.name}>
          {area.name}
        </Link>
      </th>
      <td className={table.nowrap}>{area.commune.name}</td>
      <td>
        <TypeBadges types={area.types} />
      </td>
      <td>
        <StatusBadge status={area.status} isShort />
      </td>
      <td className={table.nowrap}>{area.since === null ? '' : formatDay(area.since)}</td>
      <td className={table.nowrap}>{area.listedYears.join(', ')}</td>
      <td className={table.numeric}>{area.areaKm2 === null ? t('undrawn') : number(area.areaKm2, 2)}</td>
      <td className={styles.waiting}>
        {[
          area.pending > 0 && t('pendingSteps', { count: area.pending, n: number(area.pending) }),
          area.tasks > 0 && t('openTasks', { count: area.tasks, n: number(area.tasks) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </td>
    </tr>
  );
}

/** Stands for the rows that are not drawn. */
function Spacer({ pixels }: { pixels: number }) {
  if (pixels <= 0) return null;
  return (
    <tr aria-hidden className={styles.spacer}>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- hidden: it is room, not a cell */}
      <td colSpan={columns} style={{ height: pixels }} />
    </tr>
  );
}
