import { type ChartFrame, ChartSheet, type ChartTable } from '@diemnong/charts';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { useTheme } from '../../state/theme.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { useMeta } from '../meta/use-meta.ts';
import { ChartMenu } from './ChartMenu.tsx';
import { ChartTableView } from './ChartTableView.tsx';
import styles from './charts.module.css';
import { moveAmongMarks } from './move-among-marks.ts';
import { useChartFiles } from './use-chart-files.ts';
import { useWidth } from './use-width.ts';

export type ChartFigureProps = {
  /** Names the figure for tests: `periods`, `hour-weekday` … */
  kind: string;
  title: string;
  /** Period and filters in words: "01/2025 – 12/2025 · Trộm cắp · Phường Long Xuyên". */
  caption: string;
  /** Records behind the chart; null when the chart is not of records. */
  n: number | null;
  dataVersion: number;
  /** The same numbers: the table view, CSV and XLSX. */
  table: ChartTable;
  /** Without ending: "xu-huong-theo-thang". */
  fileName: string;
  /** What must be said beside the numbers: rule, what is left out. Shown below and exported. */
  notes?: readonly string[];
  /** Pixels at the desk's size of type; grows with the theme. */
  height?: number;
  onPick?: ((id: string) => void) | undefined;
  pickedId?: string | undefined;
  children: (frame: ChartFrame) => ReactElement;
};

/** A picture that is taken along is at least this wide, in pixels. */
const leastExportWidth = 960;

/** One chart with its title, its line of facts, a table of the same numbers and the ways to take it along. */
export function ChartFigure({
  kind,
  title,
  caption,
  n,
  dataVersion,
  table,
  fileName,
  notes = [],
  height = 360,
  onPick,
  pickedId,
  children,
}: ChartFigureProps) {
  const { t } = useTranslation('charts');
  const language = useLanguage();
  const { theme } = useTheme();
  const { data: meta } = useMeta();
  const isSimulated = meta?.demo === true;
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const { ref, width } = useWidth<HTMLDivElement>();

  const facts = [
    t('facts', { caption, version: formatNumber(dataVersion, language) }),
    ...(n === null ? [] : [t('n', { value: formatNumber(n, language) })]),
  ].join(' · ');
  const frame: ChartFrame = {
    language,
    theme,
    width: width ?? 0,
    height: Math.round(height * (theme === 'projector' ? 1.3 : 1)),
    onPick,
    pickedId,
  };
  // On paper and slides a dark picture is a black box: what is taken along is light, or large as on the projector.
  const exportFrame: ChartFrame = {
    language,
    theme: theme === 'dark' ? 'light' : theme,
    width: Math.max(frame.width, leastExportWidth),
    height: frame.height,
    pickedId,
  };
  const sheet = (fontFaces: string) => (
    <ChartSheet
      title={title}
      notes={[facts, ...notes]}
      frame={exportFrame}
      isSimulated={isSimulated}
      fontFaces={fontFaces}
    >
      {children(exportFrame)}
    </ChartSheet>
  );
  const { take, told } = useChartFiles({ title, notes: [facts, ...notes], table, fileName, sheet });

  return (
    <figure className={styles.figure} data-chart={kind}>
      <figcaption className={styles.head}>
        <div className={styles.words}>
          <h3 className={styles.title}>
            {title} {isSimulated && <Badge tone="warn" label={t('simulated')} />}
          </h3>
          <p className={styles.facts}>{facts}</p>
        </div>
        <div className={styles.tools}>
          <Segmented
            label={t('view', { title })}
            options={[
              { value: 'chart', label: t('asChart') },
              { value: 'table', label: t('asTable') },
            ]}
            value={view}
            onChange={setView}
          />
          <ChartMenu title={title} onTake={take} />
        </div>
      </figcaption>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys bubble up from the marks, which are buttons */}
      <div ref={ref} className={styles.picture} onKeyDown={moveAmongMarks} hidden={view === 'table'}>
        {width !== undefined && width > 0 && children(frame)}
      </div>
      {view === 'table' && <ChartTableView title={title} table={table} className={styles.table} />}
      {notes.length > 0 && (
        <ul className={styles.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <p className={styles.told} role="status">
        {told}
      </p>
    </figure>
  );
}
