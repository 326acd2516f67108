import { areaFilePath, type TargetArea } from '@diemnong/contracts';
import { IconPaperclip } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay, formatNumber } from '../../i18n/formats.ts';
import { keepView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { SortHeader } from '../../ui/SortHeader.tsx';
import table from '../../ui/table.module.css';
import { ReadingBadge } from '../areas/ReadingBadge.tsx';
import { StatusBadge } from '../areas/StatusBadge.tsx';
import { TypeBadges } from '../areas/TypeBadges.tsx';
import { useAreaWords } from '../areas/use-area-words.ts';
import type { TargetName } from './target-query.ts';
import type { RowSort } from './target-rows.ts';
import styles from './targets.module.css';
import { useTargetWords } from './use-target-words.ts';
import type { Readings } from './use-targets.ts';

type TargetAreaTableProps = {
  name: TargetName;
  /** Filtered and sorted. */
  rows: readonly TargetArea[];
  readings: Readings;
  sort: RowSort;
  onSort: (sort: RowSort) => void;
};

/** Rows drawn at first, and added with each press. */
const step = 200;

/** One line for each area of a fraction; the official result and the reading of the records stand side by side, never merged. */
export function TargetAreaTable({ name, rows, readings, sort, onSort }: TargetAreaTableProps) {
  const { t } = useTranslation('targets');
  const { number } = useTargetWords();
  const [shown, setShown] = useState(step);
  const head = { sort, onSort };
  return (
    <>
      <ScrollRegion className={`${table.frame} ${styles.frame}`} label={t('list.title', { n: number(rows.length) })}>
        <table className={`${table.table} ${styles.table}`}>
          <thead>
            <tr>
              <SortHeader {...head} name="name" label={t('list.column.area')} />
              <th scope="col">{t('list.column.types')}</th>
              <SortHeader
                {...head}
                name="on"
                label={t(`list.column.${name === 'transformation' ? 'listed' : 'success'}`)}
              />
              <SortHeader {...head} name="result" label={t('list.column.result')} />
              <SortHeader {...head} name="reading" label={t('list.column.reading')} />
              <SortHeader {...head} name="counts" label={t('list.column.counts')} />
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((area) => (
              <AreaLine key={area.id} area={area} name={name} readings={readings} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {rows.length > shown && (
        <p className={`${styles.more} ${styles.onScreen}`}>
          <span className={styles.quiet}>{t('list.shown', { shown: number(shown), n: number(rows.length) })}</span>
          <Button onClick={() => setShown(shown + step)}>
            {t('list.more', { n: number(Math.min(step, rows.length - shown)) })}
          </Button>
        </p>
      )}
    </>
  );
}

function AreaLine({ area, name, readings }: { area: TargetArea; name: TargetName; readings: Readings }) {
  const { t } = useTranslation('targets');
  const { code } = useAreaWords();
  const tags = (['carried', 'late', 'reshaped'] as const).filter((tag) => area[tag]).map((tag) => t(`list.${tag}`));
  return (
    <tr data-testid={`target-area-${area.id}`} data-counts={area.counts}>
      <th scope="row">
        <Link to="/dia-ban/$id" params={{ id: area.id }} search={keepView}>
          {area.name}
        </Link>
        <span className={table.under}>{[area.commune.name, unbroken(code(area)), ...tags].join(' · ')}</span>
      </th>
      <td>
        <TypeBadges types={area.types} />
      </td>
      <td>
        <span className={table.nowrap}>{formatDay(area.on)}</span>
        <Decision areaId={area.id} number={area.decisionNumber} fileId={area.fileId} />
      </td>
      <td>
        <StatusBadge status={area.status} isShort />
        <span className={table.under}>{t(outcomeKey(name, area), { day: formatDay(area.outcomeOn ?? '') })}</span>
        {area.outcomeOn !== null && (
          <Decision areaId={area.id} number={area.outcomeDecisionNumber} fileId={area.outcomeFileId} />
        )}
      </td>
      <ReadingCells id={area.id} readings={readings} />
    </tr>
  );
}

function outcomeKey(name: TargetName, { outcomeOn }: TargetArea): string {
  if (name === 'transformation') return outcomeOn === null ? 'list.notYet' : 'list.successOn';
  return outcomeOn === null ? 'list.stable' : 'list.relapsedOn';
}

/** The decision's number, and its file where one was kept. */
function Decision({ areaId, number, fileId }: { areaId: string; number: string | null; fileId: string | null }) {
  const { t } = useTranslation('targets');
  return (
    <span className={`${table.under} ${table.nowrap}`}>
      {number ?? t('list.noDecision')}
      {fileId !== null && (
        <a
          className={styles.file}
          href={areaFilePath.replace(':id', areaId).replace(':file', fileId)}
          download
          aria-label={number === null ? t('list.fileAlone') : t('list.file', { number })}
        >
          <IconPaperclip size="1.125em" aria-hidden />
        </a>
      )}
    </span>
  );
}

function ReadingCells({ id, readings: { byArea, isLoading, isFailed } }: { id: string; readings: Readings }) {
  const { t } = useTranslation('targets');
  const { language, number } = useTargetWords();
  const reading = byArea.get(id);
  if (reading === undefined) {
    const why = isLoading ? 'list.reading' : isFailed ? 'list.readingFailed' : 'list.notRead';
    return (
      <td className={styles.quiet} colSpan={2}>
        {t(why)}
      </td>
    );
  }
  const { before, after, ratio, low, high } = reading;
  const limit = (value: number | null) => (value === null ? '…' : formatNumber(value, language, 2));
  return (
    <>
      <td>
        <ReadingBadge reading={reading.reading} />
      </td>
      <td>
        {before === null || after === null ? (
          <span className={styles.quiet}>{t('list.notCompared')}</span>
        ) : (
          <>
            <span className={table.nowrap}>
              {t('list.beforeAfter', { before: number(before), after: number(after) })}
            </span>
            {ratio !== null && (
              <>
                <span className={`${table.under} ${table.nowrap}`}>
                  {t('list.ratio', { ratio: formatNumber(ratio, language, 2) })}
                </span>
                <span className={`${table.under} ${table.nowrap}`}>
                  {t('list.limits', { low: limit(low), high: limit(high) })}
                </span>
              </>
            )}
          </>
        )}
      </td>
    </>
  );
}

/** "ĐB-014" in one piece. */
function unbroken(code: string): string {
  return code.replaceAll('-', '\u2011');
}
