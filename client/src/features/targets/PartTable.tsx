import type { Fraction } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import table from '../../ui/table.module.css';
import { PartFrame } from './PartFrame.tsx';
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
    <PartFrame title={title} note={note}>
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
    </PartFrame>
  );
}
