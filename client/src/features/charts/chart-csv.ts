import type { ChartTable } from '@diemnong/charts';
import type { Language } from '../../i18n/i18n.ts';
import { spreadsheetText } from './spreadsheet-text.ts';

/**
 * The table as CSV that Excel opens by double click. UTF-8 with a byte order mark, without which Excel reads Vietnamese as
 * Windows-1252. In Vietnamese `;` between cells and a decimal comma, as Windows set to Viet Nam reads them (there `12.5`
 * would become the twelfth of May); in English `,` and a point. Shares stay numbers: 0,125.
 */
export function toCsv({ columns, rows }: ChartTable, language: Language): string {
  const separator = language === 'vi' ? ';' : ',';
  const cell = (value: string | number | null) => {
    if (value === null) return '';
    if (typeof value === 'number') return language === 'vi' ? String(value).replace('.', ',') : String(value);
    const text = spreadsheetText(value);
    return /[";,\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map(({ label }) => label), ...rows].map((row) => row.map(cell).join(separator));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}
