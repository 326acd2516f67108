import { useTranslation } from 'react-i18next';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import page from '../../ui/page.module.css';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { FailureNotice } from '../session/FailureNotice.tsx';
import { SettingsForm } from './SettingsForm.tsx';
import { useSettings } from './use-settings.ts';

/** Quản trị › Cấu hình. */
export function SettingsScreen() {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const { data, error, retry, change } = useSettings();
  return (
    <div className={page.stack}>
      {error !== null && data === undefined && <FailureNotice error={error} title={t('failed')} onRetry={retry} />}
      {data === undefined && error === null && <Skeleton lines={5} />}
      {data && (
        <SettingsForm
          key={JSON.stringify(data)}
          settings={data}
          isSaving={change.isPending}
          fault={change.error ? saidIn(change.error.message, language) : undefined}
          onSave={(body) => change.mutate(body)}
        />
      )}
      <output className={page.done}>{change.isSuccess ? t('saved') : ''}</output>
    </div>
  );
}
