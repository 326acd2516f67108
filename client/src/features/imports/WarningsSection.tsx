import type { ImportWarning } from '@diemnong/contracts';
import { IconAlertTriangle, IconMapPin } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import styles from './imports.module.css';
import { useWords } from './use-words.ts';

type WarningsSectionProps = {
  warnings: ImportWarning[];
  isReview: boolean;
  onShow: (at: NonNullable<ImportWarning['at']>) => void;
};

/** Everything that does not stop the import but should be looked at first. */
export function WarningsSection({ warnings, isReview, onShow }: WarningsSectionProps) {
  const { t } = useTranslation('imports');
  const { number, said } = useWords();
  if (warnings.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="warnings-title">
      <h2 id="warnings-title">
        {t(isReview ? 'warnings.title' : 'warnings.titleLater', { n: number(warnings.length) })}
      </h2>
      <ul className={styles.warnings}>
        {warnings.map((warning) => (
          <li key={`${warning.code} ${warning.message}`}>
            <IconAlertTriangle size="1.25em" aria-hidden />
            <div>
              <p>{said(warning)}</p>
              {warning.sampleRows.length > 0 && (
                <p className={styles.quiet}>
                  {t('sampleRows', { rows: warning.sampleRows.map((row) => number(row)).join('; ') })}
                </p>
              )}
            </div>
            {warning.at !== null && warning.code !== 'null_island' && (
              <Button onClick={() => warning.at && onShow(warning.at)}>
                <IconMapPin size="1.125em" aria-hidden />
                {t('warnings.show')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
