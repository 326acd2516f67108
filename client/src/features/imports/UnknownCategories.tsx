import type { ImportBatch } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { Select } from '../../ui/Select.tsx';
import { useMeta } from '../meta/use-meta.ts';
import { groupCategories, unclassified } from './category-groups.ts';
import styles from './imports.module.css';
import { assignCategory, categoryOf, type MappingDraft } from './mapping-draft.ts';
import { useWords } from './use-words.ts';

type UnknownCategoriesProps = {
  batch: ImportBatch;
  draft: MappingDraft;
  /** undefined = only shown. */
  onChange: ((draft: MappingDraft) => void) | undefined;
};

/** Values that no category is known for, with a choice each, and the ones that were mapped by hand before. */
export function UnknownCategories({ batch, draft, onChange }: UnknownCategoriesProps) {
  const { t } = useTranslation('imports');
  const { language, number, rows } = useWords();
  const { data: meta } = useMeta();

  const unknown = batch.warnings.find(({ code }) => code === 'unknown_categories')?.values ?? {};
  const mapped = batch.mapping?.categories ?? {};
  const values = [
    ...Object.entries(unknown).sort((a, b) => b[1] - a[1]),
    ...Object.keys(mapped)
      .filter((value) => !(value in unknown))
      .map((value) => [value, null] as const),
  ];
  if (values.length === 0) return null;
  const groups = groupCategories(meta?.categories ?? []);
  const unknownCount = Object.keys(unknown).length;

  return (
    <section className={styles.section} aria-labelledby="categories-title">
      <h2 id="categories-title">{t('categories.title')}</h2>
      <p className={styles.quiet}>{t('categories.text', { count: unknownCount, n: number(unknownCount) })}</p>
      <ScrollRegion className={styles.tableFrame} label={t('tableOf', { title: t('categories.title') })}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('categories.value')}</th>
              <th scope="col" className={styles.numeric}>
                {t('categories.rows')}
              </th>
              <th scope="col">{t('categories.category')}</th>
            </tr>
          </thead>
          <tbody>
            {values.map(([value, count]) => {
              const chosen = categoryOf(batch.mapping, draft, value);
              return (
                <tr key={value}>
                  <th scope="row">{value || t('categories.blank')}</th>
                  <td className={styles.numeric}>
                    {count === null ? <span className={styles.quiet}>{t('categories.mapped')}</span> : rows(count)}
                  </td>
                  <td>
                    <Select
                      aria-label={t('categories.choose', { value })}
                      value={chosen}
                      disabled={onChange === undefined}
                      isChanged={value in draft.categories}
                      onChange={(event) =>
                        onChange?.(assignCategory(batch.mapping, draft, value, event.currentTarget.value))
                      }
                    >
                      <option value={unclassified}>{t('categories.leave')}</option>
                      {groups.map(({ group, leaves }) => (
                        <optgroup key={group.code} label={language === 'vi' ? group.nameVi : group.nameEn}>
                          {leaves.map(({ code, nameVi, nameEn }) => (
                            <option key={code} value={code}>
                              {language === 'vi' ? nameVi : nameEn}
                            </option>
                          ))}
                        </optgroup>
                      ))}
                    </Select>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}
