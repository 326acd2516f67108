import type { ChartTable, TableColumn } from '@diemnong/charts';
import { useTranslation } from 'react-i18next';
import { formatDay, formatNumber, formatShare } from '../../i18n/formats.ts';
import type { Language } from '../../i18n/i18n.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import tableStyles from '../../ui/table.module.css';

type ChartTableViewProps = { title: string; table: ChartTable; className: string | undefined };

/** The numbers of a chart as a table that scrolls by itself. */
export function ChartTableView({ title, table, className }: ChartTableViewProps) {
  const { t } = useTranslation('charts');
  const language = useLanguage();
  const { columns, rows } = table;
  return (
    <ScrollRegion label={t('tableOf', { title })} className={`${tableStyles.frame} ${className ?? ''}`}>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            {columns.map(({ key, label, kind }) => (
              <th key={key} scope="col" className={kind === 'text' ? undefined : tableStyles.numeric}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows have no name of their own and never change places
            <tr key={r}>
              {row.map((value, column) => {
                const { key, kind } = columns[column] ?? { key: String(column), kind: 'text' as const };
                return (
                  <td key={key} className={kind === 'text' ? undefined : tableStyles.numeric}>
                    {say(value, kind, language) ?? t('empty')}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function say(value: string | number | null, kind: TableColumn['kind'], language: Language): string | undefined {
  if (value === null) return undefined;
  if (typeof value === 'string') return kind === 'day' ? formatDay(value) : value;
  if (kind === 'percent') return formatShare(value, language);
  return formatNumber(value, language, kind === 'decimal' ? (Math.abs(value) < 0.01 ? 5 : 3) : 0);
}
