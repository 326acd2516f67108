import { type ImportBatch, type IncidentField, incidentFields } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/Field.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { Select } from '../../ui/Select.tsx';
import { CrsSelect } from './CrsSelect.tsx';
import { poorCrsShare } from './crs-choices.ts';
import styles from './imports.module.css';
import { assignField, fieldOf, type MappingDraft } from './mapping-draft.ts';
import { useCrsName } from './use-crs-name.ts';
import { useWords } from './use-words.ts';

type ReadingSectionProps = {
  batch: ImportBatch;
  draft: MappingDraft;
  /** undefined = only shown. */
  onChange: ((draft: MappingDraft) => void) | undefined;
};

const delimiterNames: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' };

/** How the file was understood: format, sheet, coordinate system and every column with samples; each can be changed. */
export function ReadingSection({ batch, draft, onChange }: ReadingSectionProps) {
  const { t } = useTranslation('imports');
  const { percent } = useWords();
  const nameOf = useCrsName();
  const { reading } = batch;
  if (reading === null) return null;
  const { columns, crs, crsShare, delimiter, sheets } = reading;
  const isFixed = onChange === undefined;

  return (
    <section className={styles.section} aria-labelledby="reading-title">
      <h2 id="reading-title">{t('reading.title')}</h2>
      <dl className={styles.facts}>
        <dt>{t('reading.format')}</dt>
        <dd>{t(`reading.formats.${reading.format}`, reading.format.toUpperCase())}</dd>
        {reading.encoding !== null && (
          <>
            <dt>{t('reading.encoding')}</dt>
            <dd>{reading.encoding.toUpperCase()}</dd>
          </>
        )}
        {delimiter !== null && (
          <>
            <dt>{t('reading.delimiter')}</dt>
            <dd>{t(`reading.delimiters.${delimiterNames[delimiter] ?? 'other'}`, { delimiter })}</dd>
          </>
        )}
      </dl>
      <div className={styles.fields}>
        {sheets.length > 0 && (
          <Field label={t('reading.sheet')}>
            {(control) => (
              <Select
                {...control}
                value={draft.sheet ?? reading.sheet ?? ''}
                disabled={isFixed || sheets.length === 1}
                isChanged={draft.sheet !== undefined}
                onChange={({ currentTarget: { value } }) =>
                  onChange?.({ ...draft, columns: new Map(), sheet: value === reading.sheet ? undefined : value })
                }
              >
                {sheets.map((sheet) => (
                  <option key={sheet} value={sheet}>
                    {sheet}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <Field
          label={t('crs.label')}
          hint={crsShare === null ? undefined : t('crs.share', { percent: percent(crsShare) })}
          error={
            crsShare !== null && crsShare < poorCrsShare ? t('crs.poor', { percent: percent(crsShare) }) : undefined
          }
        >
          {(control) => (
            <CrsSelect
              {...control}
              value={draft.crs ?? ''}
              keepLabel={crs === null ? t(batch.rows === 0 ? 'crs.unknown' : 'crs.none') : nameOf(crs)}
              autoLabel={t('crs.auto')}
              disabled={isFixed}
              isChanged={draft.crs !== undefined}
              onChange={(value) => onChange?.({ ...draft, crs: value === '' ? undefined : value })}
            />
          )}
        </Field>
      </div>
      {draft.sheet === undefined ? (
        <ScrollRegion className={styles.tableFrame} label={t('tableOf', { title: t('reading.title') })}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('reading.column')}</th>
                <th scope="col">{t('reading.samples')}</th>
                <th scope="col">{t('reading.field')}</th>
              </tr>
            </thead>
            <tbody>
              {columns.map(({ heading, samples }, at) => {
                const field = fieldOf(columns, draft, at);
                return (
                  <tr key={at} data-unread={field === null || undefined}>
                    <th scope="row">{heading}</th>
                    <td className={styles.samples}>{samples.filter((sample) => sample !== '').join(' · ')}</td>
                    <td>
                      <Select
                        aria-label={t('reading.choose', { heading })}
                        value={field ?? ''}
                        disabled={isFixed}
                        isChanged={draft.columns.has(at)}
                        onChange={({ currentTarget: { value } }) =>
                          onChange?.(assignField(columns, draft, at, value === '' ? null : (value as IncidentField)))
                        }
                      >
                        <option value="">{t('fields.none')}</option>
                        {incidentFields.map((name) => (
                          <option key={name} value={name}>
                            {t(`fields.${name}`)}
                          </option>
                        ))}
                      </Select>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </ScrollRegion>
      ) : (
        <p className={styles.quiet}>{t('reading.otherSheet')}</p>
      )}
    </section>
  );
}
