import type { ChartTable } from '@diemnong/charts';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/use-language.ts';
import { toCsv } from './chart-csv.ts';
import { toWorkbook } from './chart-workbook.ts';
import { canCopyPicture, copyPicture, saveFile, toPng, toSvgText } from './export-chart.ts';

export type ChartFile = 'copy' | 'png' | 'svg' | 'csv' | 'xlsx';

type ChartContent = {
  title: string;
  notes: readonly string[];
  table: ChartTable;
  /** Without ending. */
  fileName: string;
  sheet: (fontFaces: string) => ReactElement;
};

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Makes files of a chart; `told` says what became of the last one. */
export function useChartFiles(content: ChartContent): { take: (file: ChartFile) => void; told: string } {
  const { t } = useTranslation('charts');
  const language = useLanguage();
  const [told, setTold] = useState('');

  const make = async (file: ChartFile): Promise<string> => {
    const { title, notes, table, fileName, sheet } = content;
    const name = `${fileName}.${file}`;
    if (file === 'copy') {
      if (!canCopyPicture()) return t('noClipboard');
      await copyPicture(toSvgText(sheet).then(toPng));
      return t('copied');
    }
    if (file === 'png') saveFile(await toPng(await toSvgText(sheet)), name);
    if (file === 'svg') saveFile(new Blob([await toSvgText(sheet)], { type: 'image/svg+xml' }), name);
    if (file === 'csv') saveFile(new Blob([toCsv(table, language)], { type: 'text/csv;charset=utf-8' }), name);
    if (file === 'xlsx') {
      const bytes = await toWorkbook({ title, notes, table, sheetName: title });
      saveFile(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: workbookType }), name);
    }
    return t('saved', { name });
  };
  const take = (file: ChartFile) => {
    setTold('');
    void make(file).then(setTold, (error: unknown) =>
      setTold(t('failed', { reason: error instanceof Error ? error.message : String(error) })),
    );
  };
  return { take, told };
}
