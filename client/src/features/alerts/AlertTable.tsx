import type { Alert } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatMonth, formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import table from '../../ui/table.module.css';
import styles from './alerts.module.css';
import { noteTones } from './note-tones.ts';
import { useAlertWords } from './use-alert-words.ts';

type AlertTableProps = { alerts: readonly Alert[]; onOpen: (id: string) => void };

/** One line for each note, newest month first. */
export function AlertTable({ alerts, onOpen }: AlertTableProps) {
  const { t } = useTranslation('alerts');
  const language = useLanguage();
  const { categoryName, chance, named } = useAlertWords();
  const number = (value: number, digits = 0) => formatNumber(value, language, digits);
  return (
    <ScrollRegion className={`${table.frame} ${styles.frame}`} label={t('title')}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('column.month')}</th>
            <th scope="col">{t('column.commune')}</th>
            <th scope="col">{t('column.category')}</th>
            <th scope="col" className={table.numeric}>
              {t('column.count')}
            </th>
            <th scope="col" className={table.numeric}>
              {t('column.expected')}
            </th>
            <th scope="col" className={table.numeric}>
              {t('column.upper')}
            </th>
            <th scope="col" className={table.numeric}>
              {t('column.p')}
            </th>
            <th scope="col">{t('column.state')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('column.open')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {alerts.map((alert) => (
            <tr key={alert.id} data-testid={`alert-${alert.id}`}>
              <td className={table.nowrap}>{formatMonth(alert.month)}</td>
              <th scope="row">{alert.commune.name}</th>
              <td>{categoryName(alert.category)}</td>
              <td className={table.numeric}>
                <strong>{number(alert.count)}</strong>
              </td>
              <td className={table.numeric}>{number(alert.expected, 1)}</td>
              <td className={table.numeric}>{number(alert.upper, 1)}</td>
              <td className={table.numeric}>{chance(alert.p)}</td>
              <td>
                <Badge tone={noteTones[alert.state]} label={t(`state.${alert.state}`)} />
              </td>
              <td>
                <Button aria-label={t('seeLabel', named(alert))} onClick={() => onOpen(alert.id)}>
                  {t('see')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
