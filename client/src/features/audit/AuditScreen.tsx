import { auditExportPath, listAudit } from '@diemnong/contracts';
import { IconShieldCheck, IconTableExport } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { urlOf } from '../../api/request.ts';
import { formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { Button } from '../../ui/Button.tsx';
import { ButtonAnchor } from '../../ui/ButtonAnchor.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { FailureNotice } from '../session/FailureNotice.tsx';
import { AuditDetail } from './AuditDetail.tsx';
import { AuditFilters } from './AuditFilters.tsx';
import { AuditTable } from './AuditTable.tsx';
import { AuditVerdict } from './AuditVerdict.tsx';
import styles from './audit.module.css';
import { type AuditSearch, toAuditQuery, validateAuditSearch } from './audit-search.ts';
import { useAudit, useAuditVerdict } from './use-audit.ts';

/** Quản trị › Nhật ký: who did what to which record, when and from where. The address holds filter and open entry. */
export function AuditScreen() {
  const { t } = useTranslation('audit');
  const language = useLanguage();
  const navigate = useNavigate();
  const address = useSearch({ strict: false });
  const search = useMemo(() => validateAuditSearch(address), [address]);
  const query = useMemo(() => toAuditQuery(search), [search]);
  const { entries, total, error, isPending, isLoading, hasMore, loadMore, retry } = useAudit(query);
  const verdict = useAuditVerdict();
  const isFiltered = Object.values(query).some((value) => value !== undefined);

  const update = (patch: Partial<AuditSearch>) =>
    void navigate({ to: '/quan-tri/nhat-ky', search: (before) => ({ ...before, ...patch }), replace: true });
  const clear = () => update({ tu: undefined, den: undefined, viec: undefined, ai: undefined, tim: undefined });
  const exportAddress = urlOf(listAudit, { query }).replace(listAudit.path, auditExportPath);

  return (
    <div className={styles.screen} data-open={search.muc !== undefined || undefined}>
      <div className={styles.list}>
        <AuditFilters search={search} onChange={update} />
        <div className={styles.bar}>
          <p aria-live="polite" data-testid="audit-count">
            {total !== undefined &&
              entries &&
              t('count', {
                count: total,
                n: formatNumber(total, language),
                shown: formatNumber(entries.length, language),
              })}
          </p>
          <div className={styles.tools}>
            {isFiltered && (
              <Button variant="quiet" onClick={clear}>
                {t('clear')}
              </Button>
            )}
            <Button disabled={verdict.isPending} onClick={() => verdict.mutate()}>
              <IconShieldCheck size="1.125em" aria-hidden />
              {verdict.isPending ? t('verify.running') : t('verify.action')}
            </Button>
            <ButtonAnchor href={exportAddress} download>
              <IconTableExport size="1.125em" aria-hidden />
              {t('export')}
            </ButtonAnchor>
          </div>
        </div>
        <AuditVerdict verdict={verdict.data} error={verdict.error} onClose={verdict.reset} />
        {error !== null && <FailureNotice error={error} title={t('failed')} onRetry={retry} />}
        {isPending && error === null && <Skeleton lines={8} />}
        {entries?.length === 0 && (
          <StateNotice title={t('none.title')} actions={isFiltered && <Button onClick={clear}>{t('clear')}</Button>}>
            {t(isFiltered ? 'none.filtered' : 'none.text')}
          </StateNotice>
        )}
        {entries && entries.length > 0 && (
          <div className={styles.frameHost}>
            <ProgressLine isActive={isLoading} label={t('loading')} />
            <AuditTable
              entries={entries}
              active={search.muc}
              more={
                hasMore && (
                  <Button disabled={isLoading} onClick={loadMore}>
                    {t('more')}
                  </Button>
                )
              }
            />
          </div>
        )}
      </div>
      {search.muc !== undefined && (
        <AuditDetail key={search.muc} sequence={search.muc} onClose={() => update({ muc: undefined })} />
      )}
    </div>
  );
}
