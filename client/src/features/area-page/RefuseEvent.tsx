import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import page from '../../ui/page.module.css';
import { ReasonField } from '../../ui/ReasonField.tsx';
import { useReason } from '../../ui/use-reason.ts';
import { useFocusFirst } from './use-focus-first.ts';

type RefuseEventProps = { isPending: boolean; onRefuse: (reason: string) => void; onClose: () => void };

/** Why the second person does not agree: kept beside the step for all to read. */
export function RefuseEvent({ isPending, onRefuse, onClose }: RefuseEventProps) {
  const { t } = useTranslation('area-page');
  const form = useFocusFirst();
  const reason = useReason();
  return (
    <form
      ref={form}
      className={page.stack}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const given = reason.read();
        if (given !== undefined) onRefuse(given);
      }}
    >
      <ReasonField reason={reason} label={t('approval.reason')} tooShort={t('fault.reason')} />
      <div className={page.actions}>
        <Button type="submit" variant="danger" disabled={isPending}>
          {t(isPending ? 'running' : 'approval.refuse')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
