import { useTranslation } from 'react-i18next';
import { formatMonth } from '../../i18n/formats.ts';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import table from '../../ui/table.module.css';
import styles from './reporting.module.css';
import type { CommuneMonths } from './reporting-rows.ts';

type MonthsByCommuneProps = {
  title: string;
  communes: readonly CommuneMonths[];
  /** What pressing a month does; absent = months are only told. */
  action?: 'list.confirm' | 'confirmed.retract';
  onMonth?: (commune: { code: string; name: string }, month: string) => void;
};

/** Communes with their months, each a button when something can be done about it. */
export function MonthsByCommune({ title, communes, action, onMonth }: MonthsByCommuneProps) {
  const { t } = useTranslation('reporting');
  return (
    <section className={styles.list}>
      <h2>{title}</h2>
      {action && <p className={styles.hint}>{t(`${action}Hint`)}</p>}
      <ScrollRegion className={`${table.frame} ${styles.frame}`} label={title}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('list.commune')}</th>
              <th scope="col">{t('list.months')}</th>
            </tr>
          </thead>
          <tbody>
            {communes.map((commune) => (
              <tr key={commune.code} data-testid={`months-${commune.code}`}>
                <th scope="row">{commune.name}</th>
                <td>
                  <span className={styles.months}>
                    {commune.months.map((month) =>
                      action && onMonth ? (
                        <button
                          key={month}
                          type="button"
                          className={styles.month}
                          aria-label={t(`${action}Label`, { commune: commune.name, month: formatMonth(month) })}
                          onClick={() => onMonth(commune, month)}
                        >
                          {formatMonth(month)}
                        </button>
                      ) : (
                        <span key={month}>{formatMonth(month)}</span>
                      ),
                    )}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}
