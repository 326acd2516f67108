import type { GroupTableResponse } from '@diemnong/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { keepView } from '../../state/use-view.ts';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { SortHeader } from '../../ui/SortHeader.tsx';
import table from '../../ui/table.module.css';
import {
  type CellMark,
  type GroupLine,
  type GroupRow,
  type GroupSort,
  isWhole,
  markOf,
  sparkPath,
} from './group-rows.ts';
import { comparisonOf, trendOf } from './trend-words.ts';
import styles from './trends.module.css';
import { useTrendWords } from './use-trend-words.ts';

type GroupTableProps = {
  answer: GroupTableResponse;
  lines: readonly GroupLine[];
  sort: GroupSort;
  onSort: (sort: GroupSort) => void;
  /** The last 12 months are the whole period: one column less. */
  isLatestWhole: boolean;
};

const signs: Record<CellMark, string> = { up: '▲', down: '▼', small: '°', unsure: '', none: '' };
const spark = { width: 96, height: 22 };

/** Groups down, periods across, latest first: each count with the sign of a clear change or of a small base. */
export function GroupTable({ answer, lines, sort, onSort, isLatestWhole }: GroupTableProps) {
  const { t } = useTranslation('trends');
  const words = useTrendWords();
  const head = { sort, onSort };
  const wholeCounts = ({ cells }: GroupRow) =>
    answer.periods.flatMap((period, place) => (isWhole(period, answer.by) ? (cells[place]?.count ?? []) : []));
  const periods = answer.periods.map((period, place) => ({ ...period, place })).toReversed();

  return (
    <ScrollRegion className={`${table.frame} ${styles.tableFrame}`} label={t('groups.table')}>
      <table className={`${table.table} ${styles.table}`} data-testid="group-table">
        <thead>
          <tr>
            <SortHeader {...head} name="order" label={t('groups.column.group')} className={styles.groupHead} />
            <SortHeader {...head} name="total" label={t('groups.column.total')} className={table.numeric} />
            {!isLatestWhole && (
              <SortHeader {...head} name="latest" label={t('groups.column.latest')} className={table.numeric} />
            )}
            <SortHeader {...head} name="change" label={t('groups.column.change')} />
            <th scope="col">{t('groups.column.trend')}</th>
            {periods.map((period) => (
              <th
                key={period.from}
                scope="col"
                className={`${table.numeric} ${period.unreportedCommunes > 0 ? styles.unreported : ''}`}
              >
                {words.periodName(period, answer.by)}
                {period.unreportedCommunes > 0 && (
                  <span className="visually-hidden">
                    , {t('groups.unreported', { count: period.unreportedCommunes })}
                  </span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ row, latest }) => {
            const compared = latest && comparisonOf(latest);
            const isTold = compared?.kind === 'sure' || compared?.kind === 'unsure';
            const name = words.categoryName(row.code);
            return (
              <tr key={row.code ?? ''} className={row.code === null ? styles.all : undefined}>
                <th scope="row" className={styles.group}>
                  {row.code === null ? (
                    name
                  ) : (
                    <Link
                      to="/xu-huong/dien-bien"
                      search={(before) => ({ ...keepView(before), categories: [row.code ?? ''] })}
                      title={t('groups.open', { group: name })}
                    >
                      {name}
                    </Link>
                  )}
                </th>
                <td className={table.numeric}>{words.number(row.total)}</td>
                {!isLatestWhole && <td className={table.numeric}>{latest ? words.number(latest.total) : ''}</td>}
                <td className={styles.change}>
                  {compared && isTold && (
                    <>
                      {compared.kind === 'sure' ? <strong>{words.change(compared)}</strong> : words.change(compared)}
                      <small>
                        ({words.interval(compared)}){compared.kind === 'unsure' && ` · ${t('groups.trend.none')}`}
                      </small>
                    </>
                  )}
                  {compared && !isTold && <small>{words.comparison(compared, latest.comparedPrevious)}</small>}
                </td>
                <td className={table.nowrap}>
                  <svg className={styles.spark} width={spark.width} height={spark.height} aria-hidden>
                    <path d={sparkPath(wholeCounts(row), spark.width, spark.height)} />
                  </svg>
                  {t(`groups.trend.${trendOf(row.trend)}`)}
                </td>
                {periods.map((period) => {
                  const cell = row.cells[period.place];
                  if (cell === undefined) return null;
                  const mark = markOf(cell);
                  const told = t(`groups.cell.${mark}`, { previous: words.number(cell.comparedPrevious) });
                  return (
                    <td key={period.from} className={table.numeric} title={told}>
                      {words.number(cell.count)}
                      <span className={styles.mark} aria-hidden>
                        {signs[mark]}
                      </span>
                      {(mark === 'up' || mark === 'down') && <span className="visually-hidden">{told}</span>}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
