import type { BoundaryReport } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/formats.ts';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { Button } from '../../ui/Button.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import styles from './first-run.module.css';

type BoundaryReportViewProps = { report: BoundaryReport; onClose: () => void };

/** What an import of boundaries found and did, faults of the file first in numbers, then one by one. */
export function BoundaryReportView({ report, onClose }: BoundaryReportViewProps) {
  const { t } = useTranslation('first-run');
  const language = useLanguage();
  const number = (value: number, digits = 0) => formatNumber(value, language, digits);
  const area = (areaM2: number) =>
    areaM2 < 1e4 ? `${number(areaM2, areaM2 < 10 ? 1 : 0)} m²` : `${number(areaM2 / 1e4, 1)} ha`;
  const { repaired, rejected, overlaps, gaps, cells, warnings } = report;
  const said = (message: string) => saidIn(message, language);
  const place = (at: [number, number]) => `${at[1].toFixed(5)}, ${at[0].toFixed(5)}`;

  const facts = [
    ['communes', number(report.communes)],
    ['area', `${number(report.areaKm2, 1)} km²`],
    ['repaired', number(repaired.length)],
    ['overlaps', t('report.pairs', { n: number(overlaps.pairs), area: area(overlaps.areaM2) })],
    ['gaps', t('report.places', { n: number(gaps.count), area: area(gaps.areaM2) })],
    ['cells', t('report.cellCounts', { owned: number(cells.owned), touching: number(cells.touching) })],
  ] as const;

  const lists = [
    [
      'rejected',
      rejected.map(({ feature, reason }) =>
        feature > 0 ? `${t('report.feature', { n: number(feature) })}: ${said(reason)}` : said(reason),
      ),
    ],
    ['warnings', warnings.map(said)],
    [
      'repaired',
      repaired.map(({ code, reason, at, areaChangeM2 }) =>
        [code, reason, at && place(at), t('report.areaChange', { area: number(Math.abs(areaChangeM2), 1) })]
          .filter(Boolean)
          .join(' · '),
      ),
    ],
    ['overlaps', overlaps.largest.map(({ a, b, areaM2 }) => `${a} – ${b}: ${area(areaM2)}`)],
    ['gaps', gaps.largest.map(({ at, areaM2 }) => `${place(at)}: ${area(areaM2)}`)],
  ] as const;

  return (
    <StateNotice
      tone="ok"
      title={t(report.unchanged ? 'report.titleUnchanged' : 'report.title', {
        n: number(report.communes),
        set: report.set,
      })}
      actions={<Button onClick={onClose}>{t('report.close')}</Button>}
    >
      {report.demoRemoved && <p>{t('report.demoRemoved')}</p>}
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`report.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {lists
        .filter(([, items]) => items.length > 0)
        .map(([name, items]) => (
          <details key={name} className={styles.more} open={name === 'rejected'}>
            <summary>{t(`report.lists.${name}`, { n: number(items.length) })}</summary>
            <ul className={styles.list}>
              {items.map((item, at) => (
                <li key={at}>{item}</li>
              ))}
            </ul>
          </details>
        ))}
      <p>{t('report.note')}</p>
    </StateNotice>
  );
}
