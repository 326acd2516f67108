import { type ChartFrame, ChartSheet, type ChartTable } from '@diemnong/charts';
import type { ReactElement } from 'react';
import { useLanguage } from '../../i18n/use-language.ts';
import { useTheme } from '../../state/theme.ts';
import { ChartMenu } from '../charts/ChartMenu.tsx';
import { useChartFiles } from '../charts/use-chart-files.ts';
import { useMeta } from '../meta/use-meta.ts';
import styles from './targets.module.css';

type TakeGaugesProps = {
  title: string;
  note: string;
  table: ChartTable;
  children: (frame: ChartFrame) => ReactElement;
};

/** Both gauges as one picture or table to take along. */
export function TakeGauges({ title, note, table, children }: TakeGaugesProps) {
  const language = useLanguage();
  const { theme } = useTheme();
  const { data: meta } = useMeta();
  const frame: ChartFrame = { language, theme: theme === 'dark' ? 'light' : theme, width: 1000, height: 420 };
  const sheet = (fontFaces: string) => (
    <ChartSheet title={title} notes={[note]} frame={frame} isSimulated={meta?.demo === true} fontFaces={fontFaces}>
      {children(frame)}
    </ChartSheet>
  );
  const { take, told } = useChartFiles({
    title,
    notes: [note],
    table,
    fileName: 'chi-tieu-chuyen-hoa-dia-ban',
    sheet,
  });
  return (
    <span className={styles.take}>
      <ChartMenu title={title} onTake={take} />
      <span role="status" className="visually-hidden">
        {told}
      </span>
    </span>
  );
}
