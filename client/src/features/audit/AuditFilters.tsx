import { type AuditAction, auditActions } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { TypedFilter } from '../../ui/TypedFilter.tsx';
import { DayFilter } from '../days/DayFilter.tsx';
import styles from './audit.module.css';
import type { AuditSearch } from './audit-search.ts';

type AuditFiltersProps = { search: AuditSearch; onChange: (patch: Partial<AuditSearch>) => void };

/** "session.refused" is of the group "session". */
const groups = [...new Set(auditActions.map((action) => action.slice(0, action.indexOf('.'))))];

/** Period, kind, person, words: all of them narrow together. */
export function AuditFilters({ search, onChange }: AuditFiltersProps) {
  const { t } = useTranslation('audit');
  return (
    <search className={styles.filters}>
      <Field label={t('filter.from')}>
        {(control) => (
          <DayFilter
            {...control}
            value={search.tu}
            max={search.den}
            onChange={(day) => onChange({ tu: day, muc: undefined })}
          />
        )}
      </Field>
      <Field label={t('filter.to')}>
        {(control) => (
          <DayFilter
            {...control}
            value={search.den}
            min={search.tu}
            onChange={(day) => onChange({ den: day, muc: undefined })}
          />
        )}
      </Field>
      <Field label={t('filter.action')}>
        {(control) => (
          <Select
            {...control}
            value={search.viec ?? ''}
            onChange={({ target }) =>
              onChange({ viec: (target.value || undefined) as AuditAction | undefined, muc: undefined })
            }
          >
            <option value="">{t('filter.anyAction')}</option>
            {groups.map((group) => (
              <optgroup key={group} label={t(`group.${group}`)}>
                {auditActions
                  .filter((action) => action.startsWith(`${group}.`))
                  .map((action) => (
                    <option key={action} value={action}>
                      {t(`action.${action}`)}
                    </option>
                  ))}
              </optgroup>
            ))}
          </Select>
        )}
      </Field>
      <TypedFilter
        label={t('filter.username')}
        placeholder={t('filter.usernameHint')}
        value={search.ai}
        onChange={(ai) => onChange({ ai, muc: undefined })}
      />
      <TypedFilter
        label={t('filter.text')}
        placeholder={t('filter.textHint')}
        value={search.tim}
        onChange={(tim) => onChange({ tim, muc: undefined })}
      />
    </search>
  );
}
