import { type Role, roles } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/Select.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useAccountWords } from '../session/use-account-words.ts';
import type { AccountFilter, AccountState } from './account-rows.ts';
import styles from './accounts.module.css';

type AccountFiltersProps = { filter: AccountFilter; onFilter: (filter: AccountFilter) => void };

const states: readonly AccountState[] = ['active', 'initial', 'suspended'];

/** Narrow the table by words, role and state. */
export function AccountFilters({ filter, onFilter }: AccountFiltersProps) {
  const { t } = useTranslation('accounts');
  const { roleName } = useAccountWords();
  return (
    <search className={styles.filters}>
      <TextInput
        type="search"
        aria-label={t('filter.text')}
        placeholder={t('filter.placeholder')}
        value={filter.text}
        onChange={({ target }) => onFilter({ ...filter, text: target.value })}
      />
      <Select
        aria-label={t('filter.role')}
        value={filter.role}
        onChange={({ target }) => onFilter({ ...filter, role: target.value as Role | '' })}
      >
        <option value="">{t('filter.anyRole')}</option>
        {roles.map((role) => (
          <option key={role} value={role}>
            {roleName(role)}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t('filter.state')}
        value={filter.state}
        onChange={({ target }) => onFilter({ ...filter, state: target.value as AccountState | '' })}
      >
        <option value="">{t('filter.anyState')}</option>
        {states.map((state) => (
          <option key={state} value={state}>
            {t(`state.${state}`)}
          </option>
        ))}
      </Select>
    </search>
  );
}
