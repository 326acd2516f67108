import type { AreaEvidence } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { addDays } from '../../state/days.ts';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import table from '../../ui/table.module.css';
import { useAreaWords } from '../areas/use-area-words.ts';
import { RatioText } from './RatioText.tsx';

type ComparisonPartProps = { evidence: AreaEvidence };

/** The two windows with their counts, and their ratio in words. */
export function ComparisonPart({ evidence }: ComparisonPartProps) {
  const { t } = useTranslation('area-page');
  const { number } = useAreaWords();
  const { before, after, ratio, dispersedRatio, startedOn } = evidence;
  if (before === null || after === null) return null;
  const rows = [
    { key: 'before', window: before },
    { key: 'after', window: after },
  ] as const;
  return (
    <div data-testid="comparison">
      <h3>{t('comparison.title')}</h3>
      {startedOn !== null && <p>{t('comparison.started', { day: formatDay(startedOn) })}</p>}
      <ScrollRegion className={table.frame} label={t('comparison.title')}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('comparison.window')}</th>
              <th scope="col">{t('comparison.span')}</th>
              <th scope="col" className={table.numeric}>
                {t('comparison.count')}
              </th>
              <th scope="col" className={table.numeric}>
                {t('comparison.days')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, window }) => (
              <tr key={key}>
                <th scope="row">{t(`comparison.${key}`)}</th>
                <td>
                  {formatDay(window.from)} – {formatDay(addDays(window.to, -1))}
                </td>
                <td className={table.numeric} data-testid={`count-${key}`}>
                  <strong>{number(window.count)}</strong>
                </td>
                <td className={table.numeric}>{number(window.days)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {ratio && (
        <p>
          {t('comparison.exact')} <RatioText ratio={ratio} before={before.count} />
        </p>
      )}
      {dispersedRatio && (
        <p>
          {t('comparison.dispersed')} <RatioText ratio={dispersedRatio} before={before.count} />
        </p>
      )}
    </div>
  );
}
