import type { Fraction } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import table from '../../ui/table.module.css';
import styles from './targets.module.css';
import { useTargetWords } from './use-target-words.ts';

type PartTableProps = {
  title: string;
  /** Head of the first column. */
  heading: string;
  rows: readonly { key: string; label: string; transformation: Fraction; noRelapse: Fraction }[];
  note?: string;
};

/** Both rates of parts of the lists, each with its fraction. */
export function PartTable({ title, heading, rows, note }: PartTableProps) {
  const { t } = useTranslation('targets');
  const { rate } = useTargetWords();
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      <ScrollRegion className={table.frame} label={title}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{heading}</th>
              <th scope="col" className={table.numeric}>
                {t('parts.transformation')}
              </th>
              <th scope="col" className={table.numeric}>
                {t('parts.noRelapse')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, label, transformation, noRelapse }) => (
              <tr key={key} data-testid={`part-${key}`}>
                <th scope="row">{label}</th>
                {[transformation, noRelapse].map((fraction, i) => (
                  <td
                    key={i === 0 ? 'transformation' : 'noRelapse'}
                    className={table.numeric}
                    data-empty={fraction.rate === null || undefined}
                  >
                    {rate(fraction)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {note !== undefined && <p className={styles.quiet}>{note}</p>}
    </section>
  );
}
