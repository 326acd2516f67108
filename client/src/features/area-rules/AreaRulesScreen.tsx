import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { Field } from '../../ui/Field.tsx';
import page from '../../ui/page.module.css';
import { Select } from '../../ui/Select.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useMeta } from '../meta/use-meta.ts';
import { FailureNotice } from '../session/FailureNotice.tsx';
import { AreaRulesForm } from './AreaRulesForm.tsx';
import styles from './area-rules.module.css';
import { useAreaRules } from './use-area-rules.ts';

const thisYear = new Date().getFullYear();
/** Lists are made for the running year and the next; earlier ones are there to be looked at and mended. */
const years = Array.from({ length: 7 }, (_, i) => thisYear + 1 - i);

/** Quản trị › Quy định địa bàn: targets, check list, watch and relapse rule of a year. */
export function AreaRulesScreen() {
  const { t } = useTranslation('area-rules');
  const language = useLanguage();
  const [year, setYear] = useState(thisYear);
  const provinces = useMeta().data?.provinces ?? [];
  const [chosen, setChosen] = useState<string>();
  const { data, error, retry, change } = useAreaRules(year, chosen);
  const shown = provinces.length > 1 ? provinces.find(({ code }) => code === data?.province) : undefined;
  const nameOf = ({ nameVi, nameEn }: (typeof provinces)[number]) => (language === 'vi' ? nameVi : nameEn);
  return (
    <div className={page.stack}>
      {provinces.length > 1 && (
        <Field label={t('province')} hint={t('provinceHint')}>
          {(control) => (
            <Select
              {...control}
              className={styles.province ?? ''}
              value={chosen ?? data?.province ?? ''}
              onChange={({ target }) => {
                change.reset();
                setChosen(target.value);
              }}
            >
              {provinces.map((each) => (
                <option key={each.code} value={each.code}>
                  {nameOf(each)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field label={t('year')} hint={data && t(data.setFor === null ? 'default' : 'setFor', { year: data.setFor })}>
        {(control) => (
          <Select
            {...control}
            className={styles.year ?? ''}
            value={year}
            onChange={({ target }) => {
              change.reset();
              setYear(Number(target.value));
            }}
          >
            {years.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {error !== null && data === undefined && <FailureNotice error={error} title={t('failed')} onRetry={retry} />}
      {data === undefined && error === null && <Skeleton lines={8} />}
      {data && (
        <AreaRulesForm
          key={`${data.province} ${year} ${JSON.stringify(data.rules)}`}
          rules={data.rules}
          year={year}
          province={shown && nameOf(shown)}
          isSaving={change.isPending}
          fault={change.error ? saidIn(change.error.message, language) : undefined}
          onSave={(rules) => change.mutate(rules)}
        />
      )}
      <output className={page.done}>{change.isSuccess ? t('saved', { year }) : ''}</output>
    </div>
  );
}
