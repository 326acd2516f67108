import type { TargetsResponse } from '@diemnong/contracts';
import { type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUpdateView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { TargetAreaTable } from './TargetAreaTable.tsx';
import type { TargetName } from './target-query.ts';
import { filterRows, type RowFilter, type RowPart, type RowSort, readingYears, sortRows } from './target-rows.ts';
import styles from './targets.module.css';
import { useTargetWords } from './use-target-words.ts';
import { useReadings } from './use-targets.ts';

type AreaListSectionProps = { answer: TargetsResponse; name: TargetName; ref?: Ref<HTMLElement> };

const noFilter: RowFilter = { part: 'all', text: '' };

/** The areas behind a fraction: official result, what the records say, decision and file, page of the area. */
export function AreaListSection({ answer, name, ref }: AreaListSectionProps) {
  const { t } = useTranslation('targets');
  const { number } = useTargetWords();
  const updateView = useUpdateView();
  const [filter, setFilter] = useState(noFilter);
  const [sort, setSort] = useState<RowSort>({ by: 'number', isDescending: false });
  const { of, in: counted } = answer[name].areas;
  const years = readingYears(of, name === 'transformation' ? answer.year : null);
  const readings = useReadings(years, answer.asOf);
  const rows = sortRows(filterRows(of, filter), sort, readings.byArea);
  const parts: Record<RowPart, number> = { all: of.length, in: counted.length, out: of.length - counted.length };
  const labels: Record<RowPart, string> = { all: 'list.all', in: `list.${name}In`, out: `list.${name}Out` };
  return (
    <section
      ref={ref}
      className={`${styles.card} ${styles.listCard}`}
      aria-labelledby="target-list"
      data-testid="target-list"
      tabIndex={-1}
    >
      <div className={styles.cardHead}>
        <div>
          <h2 id="target-list">{t('list.title', { n: number(of.length) })}</h2>
          <p className={styles.quiet}>{t('list.beside')}</p>
        </div>
        <div className={styles.onScreen}>
          <Segmented<TargetName>
            label={t('list.which')}
            value={name}
            options={(['transformation', 'noRelapse'] as const).map((value) => ({ value, label: t(`list.${value}`) }))}
            onChange={(value) => updateView({ targetList: value === 'noRelapse' ? 'no-relapse' : undefined })}
          />
        </div>
      </div>
      {of.length === 0 ? (
        <p className={styles.quiet}>{t('list.empty')}</p>
      ) : (
        <>
          <div className={`${styles.filters} ${styles.onScreen}`}>
            <Segmented<RowPart>
              label={t('list.part')}
              value={filter.part}
              options={(['all', 'in', 'out'] as const).map((value) => ({
                value,
                label: t(labels[value], { n: number(parts[value]) }),
              }))}
              onChange={(part) => setFilter({ ...filter, part })}
            />
            <TextInput
              type="search"
              className={styles.search}
              aria-label={t('list.search')}
              placeholder={t('list.search')}
              value={filter.text}
              onChange={({ target }) => setFilter({ ...filter, text: target.value })}
            />
          </div>
          {rows.length === 0 ? (
            <StateNotice
              title={t('list.nothing')}
              actions={<Button onClick={() => setFilter(noFilter)}>{t('list.clear')}</Button>}
            >
              {t('list.nothingText', { n: number(of.length) })}
            </StateNotice>
          ) : (
            <TargetAreaTable name={name} rows={rows} readings={readings} sort={sort} onSort={setSort} />
          )}
          <p className={styles.quiet}>{t('list.readingNote')}</p>
        </>
      )}
    </section>
  );
}
