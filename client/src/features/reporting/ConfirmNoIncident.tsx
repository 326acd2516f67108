import { useTranslation } from 'react-i18next';
import { formatMonth } from '../../i18n/formats.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import page from '../../ui/page.module.css';
import { FaultLine } from '../session/FaultLine.tsx';
import { useReportingActions } from './use-reporting.ts';

type ConfirmNoIncidentProps = {
  commune: { code: string; name: string };
  /** First day of the month. */
  month: string;
  onClose: () => void;
};

/** Asks before a month counts as zero, and says what that does. */
export function ConfirmNoIncident({ commune, month, onClose }: ConfirmNoIncidentProps) {
  const { t } = useTranslation('reporting');
  const { confirm } = useReportingActions();
  const words = { commune: commune.name, month: formatMonth(month) };
  return (
    <Dialog title={t('ask.title', words)} closeLabel={t('close')} onClose={onClose}>
      <div className={page.stack}>
        <p>{t('ask.text', words)}</p>
        <FaultLine error={confirm.error} />
        <div className={page.actions}>
          <Button
            variant="filled"
            disabled={confirm.isPending}
            onClick={() => confirm.mutate({ commune: commune.code, month: month.slice(0, 7) }, { onSuccess: onClose })}
          >
            {t(confirm.isPending ? 'ask.running' : 'ask.confirm')}
          </Button>
          <Button onClick={onClose}>{t('ask.leave')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
