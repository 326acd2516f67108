import type { AreaRules } from '@diemnong/contracts';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { formatShare } from '../../i18n/formats.ts';
import page from '../../ui/page.module.css';
import { Segmented } from '../../ui/Segmented.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useAreaWords } from '../areas/use-area-words.ts';
import styles from './area-page.module.css';
import { readConditions, readPercent } from './step-fields.ts';

type ConditionFieldsProps = {
  rules: Pick<AreaRules, 'conditions'>;
  answers: Readonly<Record<string, string>>;
  fault: string | undefined;
  onChange: (answers: Record<string, string>) => void;
};

/** The check list of the year: a share in percent where one is asked for, else yes or no; nothing answered is told apart. */
export function ConditionFields({ rules, answers, fault, onChange }: ConditionFieldsProps) {
  const { t } = useTranslation('area-page');
  const { language } = useAreaWords();
  const read = readConditions(rules, answers);
  const faultId = useId();
  return (
    <fieldset className={styles.checkList} data-testid="conditions">
      <legend>{t('conditions.title')}</legend>
      {rules.conditions.map((condition, place) => {
        const name = language === 'vi' ? condition.nameVi : condition.nameEn;
        const met = read[place]?.met ?? null;
        const text = (answers[condition.id] ?? '').trim();
        const isWrong = fault !== undefined && text !== '' && readPercent(text) === null;
        const answer = (value: string) => onChange({ ...answers, [condition.id]: value });
        return (
          <div key={condition.id} className={styles.condition}>
            <span>{name}</span>
            {condition.atLeast === null ? (
              <Segmented
                label={name}
                value={answers[condition.id] ?? ''}
                options={[
                  { value: 'yes', label: t('conditions.yes') },
                  { value: 'no', label: t('conditions.no') },
                  { value: '', label: t('conditions.open') },
                ]}
                onChange={answer}
              />
            ) : (
              <span className={styles.percent}>
                <TextInput
                  aria-label={t('conditions.share', { name })}
                  aria-invalid={isWrong || undefined}
                  aria-describedby={isWrong ? faultId : undefined}
                  inputMode="decimal"
                  maxLength={6}
                  placeholder={t('conditions.least', { share: formatShare(condition.atLeast, language) })}
                  value={answers[condition.id] ?? ''}
                  onChange={({ target }) => answer(target.value)}
                />
                %<strong>{t(`conditions.${met === null ? 'open' : met ? 'met' : 'unmet'}`)}</strong>
              </span>
            )}
          </div>
        );
      })}
      {fault && (
        <p id={faultId} className={page.fault}>
          {fault}
        </p>
      )}
    </fieldset>
  );
}
