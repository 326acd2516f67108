import { GroupsChart, groupsTable } from '@diemnong/charts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/use-language.ts';
import { useUpdateView, useView } from '../../state/use-view.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { NothingFound } from '../filters/NothingFound.tsx';
import { periodText } from '../filters/period-text.ts';
import { GroupTable } from './GroupTable.tsx';
import { type GroupSort, sortLines } from './group-rows.ts';
import { TrendSection } from './TrendSection.tsx';
import { lastYearOf } from './trend-window.ts';
import { ruleName, SMALL_BASE } from './trend-words.ts';
import styles from './trends.module.css';
import { type GroupPeriods, useGroupTable } from './use-group-table.ts';
import { useTrendFilters } from './use-trend-filters.ts';
import { useTrendWords } from './use-trend-words.ts';

const lengths: readonly GroupPeriods[] = ['month', 'quarter', 'year', 'reporting'];

/** Nhóm: groups of categories × periods, what moved and how surely, then the same as small charts. */
export function GroupsPage() {
  const { t } = useTranslation('trends');
  const language = useLanguage();
  const words = useTrendWords();
  const view = useView();
  const updateView = useUpdateView();
  const [sort, setSort] = useState<GroupSort>({ by: 'order', isDescending: false });
  const filters = useTrendFilters();
  const by = lengths.find((length) => length === view.by) ?? 'month';
  const query = useGroupTable(filters, by);
  const { data: latest } = useGroupTable(filters && lastYearOf(filters), 'year');
  const isEmpty = query.data?.answer.rows.at(-1)?.total === 0 && !query.isPrevious;
  if (isEmpty && filters !== null) return <NothingFound filters={filters} />;

  const controls = (
    <Segmented<GroupPeriods>
      label={t('groups.by')}
      value={by}
      options={lengths.map((value) => ({ value, label: t(`periods.length.${value}`) }))}
      onChange={(value) => updateView({ by: value === 'month' ? undefined : value })}
    />
  );

  return (
    <div className={styles.page}>
      <TrendSection name="groups" title={t('groups.title')} query={query} controls={controls}>
        {({ filters: asked, answer }) => {
          const lines = answer.rows.map((row) => ({
            row,
            latest: latest?.answer.rows.find(({ code }) => code === row.code),
          }));
          const isUnreported = answer.periods.some(({ unreportedCommunes }) => unreportedCommunes > 0);
          const marks = [
            t('groups.legend.up'),
            t('groups.legend.small', { base: SMALL_BASE }),
            ...(isUnreported ? [t('groups.legend.hatch')] : []),
          ];
          const compared = latest ? [t('groups.compared', { period: periodText(latest.filters) })] : [];
          const nameOf = words.categoryName;
          return (
            <>
              {view.by === 'week' && <p className={styles.quiet}>{t('groups.legend.week')}</p>}
              <GroupTable
                answer={answer}
                lines={sortLines(lines, sort)}
                sort={sort}
                onSort={setSort}
                isLatestWhole={latest?.filters.from === asked.from}
              />
              <ul className={styles.legend}>
                {[...compared, ...marks, t('groups.legend.many')].map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
              <ChartFigure
                kind="groups"
                title={t('groups.chart')}
                caption={words.caption(asked)}
                n={answer.rows.at(-1)?.total ?? 0}
                dataVersion={answer.dataVersion}
                table={groupsTable(answer, language, nameOf)}
                fileName={`nhom-vu-viec-${answer.by}-${asked.from}-${asked.to}`}
                notes={[
                  t('groups.wholeCompared'),
                  ...marks.slice(1),
                  t('groups.rule', { rule: ruleName(answer.rule) }),
                ]}
                height={560}
              >
                {(frame) => <GroupsChart answer={answer} frame={frame} nameOf={nameOf} />}
              </ChartFigure>
            </>
          );
        }}
      </TrendSection>
    </div>
  );
}
