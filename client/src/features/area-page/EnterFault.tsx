import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RequestError } from '../../api/request.ts';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { Button } from '../../ui/Button.tsx';
import page from '../../ui/page.module.css';
import { refreshAreas } from '../areas/use-areas.ts';
import styles from './area-page.module.css';

type EnterFaultProps = { error: Error | null; onReload: () => void };

/**
 * Why the server took nothing, in its words. Where somebody else moved the area meanwhile, it can be read again. A session that
 * has ended is spoken of by the frame, and what was typed waits here.
 */
export function EnterFault({ error, onReload }: EnterFaultProps) {
  const { t } = useTranslation('area-page');
  const language = useLanguage();
  const client = useQueryClient();
  if (error === null || (error instanceof RequestError && error.code === 'unauthenticated')) return null;
  const isConflict = error instanceof RequestError && error.code === 'conflict';
  return (
    <div className={styles.fault} role="alert">
      <p className={page.fault}>{saidIn(error.message, language)}</p>
      {isConflict && (
        <>
          <p>{t('conflict')}</p>
          <Button onClick={() => void refreshAreas(client).then(onReload)}>{t('reload')}</Button>
        </>
      )}
    </div>
  );
}
