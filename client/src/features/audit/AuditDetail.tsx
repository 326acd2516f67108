import type { AuditEntry } from '@diemnong/contracts';
import { IconX } from '@tabler/icons-react';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../../i18n/formats.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { isTyping } from '../../ui/is-typing.ts';
import page from '../../ui/page.module.css';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { FailureNotice } from '../session/FailureNotice.tsx';
import styles from './audit.module.css';
import { differencesOf } from './audit-differences.ts';
import { DifferenceList } from './DifferenceList.tsx';
import { useAuditEntry } from './use-audit.ts';

type AuditDetailProps = { sequence: number; onClose: () => void };

/** One entry from who to hash, with the record before and after side by side. */
export function AuditDetail({ sequence, onClose }: AuditDetailProps) {
  const { t } = useTranslation('audit');
  const { data: entry, error, retry } = useAuditEntry(sequence);
  const close = useEffectEvent(onClose);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !isTyping(event)) close();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <aside className={styles.detail} aria-label={t('detail.title', { sequence })} data-testid="audit-detail">
      <header className={styles.detailHead}>
        <h2>{t('detail.title', { sequence })}</h2>
        <IconButton label={t('close')} onClick={onClose}>
          <IconX size="1.25em" aria-hidden />
        </IconButton>
      </header>
      {error !== null && <FailureNotice error={error} title={t('detail.failed')} onRetry={retry} />}
      {entry === undefined && error === null && <Skeleton lines={6} />}
      {entry === null && <p className={page.quiet}>{t('detail.missing')}</p>}
      {entry && <EntryFacts entry={entry} />}
    </aside>
  );
}

function EntryFacts({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation('audit');
  const differences = differencesOf(entry.before, entry.after);
  const changed = differences.filter(({ kind }) => kind !== 'same');
  const same = differences.filter(({ kind }) => kind === 'same');
  return (
    <>
      <p className={styles.what}>{t(`action.${entry.action}`)}</p>
      <dl className={page.facts}>
        <dt>{t('column.at')}</dt>
        <dd>{formatMoment(entry.at, { seconds: true })}</dd>
        <dt>{t('column.who')}</dt>
        <dd>{entry.username ?? t('server')}</dd>
        <dt>{t('column.address')}</dt>
        <dd>{t(`from.${entry.address}`, { defaultValue: entry.address })}</dd>
        <dt>{t('column.target')}</dt>
        <dd>{entry.target}</dd>
      </dl>
      <h3>{t('detail.record')}</h3>
      {changed.length === 0 && <p className={page.quiet}>{t('detail.unchanged')}</p>}
      <DifferenceList differences={changed} />
      {same.length > 0 && (
        <details>
          <summary>{t('detail.same', { count: same.length })}</summary>
          <DifferenceList differences={same} />
        </details>
      )}
      <h3>{t('detail.hash')}</h3>
      <p className={styles.hash}>{entry.hash}</p>
    </>
  );
}
