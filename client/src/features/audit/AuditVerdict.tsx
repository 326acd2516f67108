import type { ResponseOf, verifyAudit } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { Button } from '../../ui/Button.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { FailureNotice } from '../session/FailureNotice.tsx';
import styles from './audit.module.css';

type AuditVerdictProps = {
  verdict: ResponseOf<typeof verifyAudit> | undefined;
  error: Error | null;
  onClose: () => void;
};

/** Is the log whole? Either every entry fits the one before, or the first that does not. */
export function AuditVerdict({ verdict, error, onClose }: AuditVerdictProps) {
  const { t } = useTranslation('audit');
  const language = useLanguage();
  if (error !== null) return <FailureNotice error={error} title={t('verify.failed')} />;
  if (verdict === undefined) return null;
  const { entries, head, anchors, fault } = verdict;
  const close = <Button onClick={onClose}>{t('close')}</Button>;
  const n = formatNumber(entries, language);
  return (
    <div className={styles.verdict} data-testid="audit-verdict">
      {fault === null ? (
        <StateNotice tone="ok" title={t('verify.whole', { count: entries, n })} actions={close}>
          <p>
            {t('verify.wholeText')} {t('verify.anchors', { count: anchors })}
          </p>
          <p>{t('verify.note')}</p>
          <p className={styles.hash}>{head}</p>
        </StateNotice>
      ) : (
        <StateNotice
          tone="danger"
          title={t(`verify.fault.${fault.reason}`, { sequence: formatNumber(fault.sequence, language) })}
          actions={close}
        >
          <p>{t('verify.faultText', { count: entries, n })}</p>
        </StateNotice>
      )}
    </div>
  );
}
