import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { SortHeader } from '../../ui/SortHeader.tsx';
import table from '../../ui/table.module.css';
import { type RankedCommune, type RankingSort, sortRanking } from './ranking-rows.ts';
import styles from './rankings.module.css';

type RankingTableProps = { communes: readonly RankedCommune[] };

/** One line for each commune: what was counted, raw and shrunken rate with their intervals, and how it stands to the whole. */
export function RankingTable({ communes }: RankingTableProps) {
  const { t } = useTranslation('rankings');
  const language = useLanguage();
  const [sort, setSort] = useState<RankingSort>({ by: 'rank', isDescending: false });
  const head = { sort, onSort: setSort };
  const number = (value: number, digits = 1) => formatNumber(value, language, digits);
  const interval = (low: number, high: number) => (
    <span className={styles.interval}>
      ({number(low)}–{number(high)})
    </span>
  );
  return (
    <ScrollRegion className={`${table.frame} ${styles.frame}`} label={t('table.title')}>
      <table className={table.table}>
        <thead>
          <tr>
            <SortHeader {...head} name="rank" label={t('table.rank')} className={table.numeric} />
            <SortHeader {...head} name="name" label={t('table.name')} />
            <SortHeader {...head} name="count" label={t('table.count')} className={table.numeric} />
            <SortHeader {...head} name="expected" label={t('table.expected')} className={table.numeric} />
            <SortHeader {...head} name="rate" label={t('table.rate')} className={table.numeric} />
            <th scope="col" className={table.numeric}>
              {t('table.shrunk')}
            </th>
            <th scope="col">{t('table.verdict')}</th>
            <th scope="col" className={table.numeric}>
              {t('table.unreported')}
            </th>
          </tr>
        </thead>
        <tbody>
          {sortRanking(communes, sort).map((commune) => (
            <tr key={commune.code} data-testid={`ranked-${commune.code}`}>
              <td className={table.numeric}>{commune.rank}</td>
              <th scope="row">{commune.name}</th>
              <td className={table.numeric}>{number(commune.count, 0)}</td>
              <td className={table.numeric}>{number(commune.expected)}</td>
              <td className={table.numeric}>
                {number(commune.rate)} {interval(commune.low, commune.high)}
              </td>
              <td className={table.numeric}>
                {number(commune.shrunk)} {interval(commune.shrunkLow, commune.shrunkHigh)}
              </td>
              <td data-outside={commune.outside ?? undefined} className={styles.verdict}>
                {t(`outside.${commune.outside ?? 'inside'}`)}
              </td>
              <td className={table.numeric}>
                {commune.unreportedMonths > 0 ? number(commune.unreportedMonths, 0) : t('table.none')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
