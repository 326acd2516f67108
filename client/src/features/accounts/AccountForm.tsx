import { type Account, type Role, roles } from '@diemnong/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import page from '../../ui/page.module.css';
import { Select } from '../../ui/Select.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useMeta } from '../meta/use-meta.ts';
import { FaultLine } from '../session/FaultLine.tsx';
import { useAccountWords } from '../session/use-account-words.ts';
import { type AccountDraft, type DraftField, draftOf, faultsOf, fieldsOf, toInput } from './account-draft.ts';
import styles from './accounts.module.css';
import { CommunePicker } from './CommunePicker.tsx';
import { useAccountActions } from './use-accounts.ts';

type AccountFormProps = {
  /** Absent = a new one. */
  account?: Account;
  onIssued: (issued: { account: Account; initialPassword: string }) => void;
  onClose: () => void;
};

/** A new account or a change of one: the role decides which fields there are. */
export function AccountForm({ account, onIssued, onClose }: AccountFormProps) {
  const { t } = useTranslation(['accounts', 'access']);
  const { data: meta } = useMeta();
  const { language, roleName } = useAccountWords();
  const { create, change } = useAccountActions();
  const provinces = meta?.provinces ?? [];
  const [draft, setDraft] = useState(() => draftOf(account, provinces.length === 1 ? provinces[0]?.code : undefined));
  const [hasTried, setTried] = useState(false);
  const action = account ? change : create;
  const fields = fieldsOf(draft.role);
  const faults = faultsOf(draft);
  const update = (patch: Partial<AccountDraft>) => setDraft({ ...draft, ...patch });
  const faultAt = (field: DraftField) => (hasTried && faults.includes(field) ? t(`fault.${field}`) : undefined);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (faults.length > 0) return;
    const { username, ...body } = toInput(draft);
    if (account) change.mutate({ id: account.id, body }, { onSuccess: onClose });
    else create.mutate({ username, ...body }, { onSuccess: onIssued });
  };

  return (
    <form className={page.stack} onSubmit={submit} noValidate>
      <div className={styles.fields}>
        <Field label={t('field.displayName')} error={faultAt('displayName')} hint={t('hint.displayName')}>
          {(control) => (
            <TextInput
              {...control}
              maxLength={100}
              value={draft.displayName}
              onChange={({ target }) => update({ displayName: target.value })}
            />
          )}
        </Field>
        <Field
          label={t('field.username')}
          error={faultAt('username')}
          hint={t(account ? 'hint.usernameFixed' : 'hint.username')}
        >
          {(control) => (
            <TextInput
              {...control}
              autoCapitalize="off"
              autoComplete="off"
              spellCheck={false}
              maxLength={50}
              readOnly={account !== undefined}
              value={draft.username}
              onChange={({ target }) => update({ username: target.value.toLowerCase() })}
            />
          )}
        </Field>
      </div>
      <Field label={t('field.role')} hint={t(`access:roles.${draft.role}.sees`)}>
        {(control) => (
          <Select {...control} value={draft.role} onChange={({ target }) => update({ role: target.value as Role })}>
            {roles.map((role) => (
              <option key={role} value={role}>
                {roleName(role)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {fields.includes('provinceCode') && (
        <Field label={t('field.provinceCode')} error={faultAt('provinceCode')}>
          {(control) => (
            <Select
              {...control}
              value={draft.provinceCode}
              onChange={({ target }) => update({ provinceCode: target.value })}
            >
              {draft.provinceCode === '' && <option value="">{t('hint.choose')}</option>}
              {provinces.map(({ code, nameVi, nameEn }) => (
                <option key={code} value={code}>
                  {language === 'vi' ? nameVi : nameEn}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {fields.includes('communeCode') && (
        <div className={styles.fields}>
          <Field label={t('field.communeCode')} error={faultAt('communeCode')} hint={t('hint.communeCode')}>
            {(control) => (
              <CommunePicker
                control={control}
                code={draft.communeCode}
                onChoose={({ code, provinceCode }) => update({ communeCode: code, provinceCode })}
              />
            )}
          </Field>
          <Field label={t('field.officeCode')} error={faultAt('officeCode')} hint={t('hint.officeCode')}>
            {(control) => (
              <>
                <TextInput
                  {...control}
                  list="account-offices"
                  autoComplete="off"
                  maxLength={50}
                  value={draft.officeCode}
                  onChange={({ target }) => update({ officeCode: target.value })}
                />
                <datalist id="account-offices">
                  {meta?.offices.map(({ code, name }) => (
                    <option key={code} value={code}>
                      {name}
                    </option>
                  ))}
                </datalist>
              </>
            )}
          </Field>
        </div>
      )}
      <p className={page.quiet}>{t(account ? 'edit.effect' : 'create.effect')}</p>
      <FaultLine error={action.error} />
      <div className={page.actions}>
        <Button variant="filled" type="submit" disabled={action.isPending}>
          {t(account ? 'edit.confirm' : 'create.confirm')}
        </Button>
        <Button onClick={onClose}>{t('leave')}</Button>
      </div>
    </form>
  );
}
