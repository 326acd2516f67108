import type { AreaDetail } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { addDays } from '../../state/days.ts';
import page from '../../ui/page.module.css';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import table from '../../ui/table.module.css';
import { useAreaWords } from '../areas/use-area-words.ts';

type MeasuresSectionProps = { area: AreaDetail };

/** What was done, as the steps in force say. */
export function MeasuresSection({ area }: MeasuresSectionProps) {
  const { t } = useTranslation(['area-page', 'areas']);
  const { number } = useAreaWords();
  const measures = area.events.filter(({ measure, inForce }) => measure !== null && inForce);
  return (
    <section className={page.section} aria-labelledby="measures">
      <h2 id="measures">{t('measures.title')}</h2>
      {measures.length === 0 ? (
        <p className={page.quiet}>{t('measures.none')}</p>
      ) : (
        <ScrollRegion className={table.frame} label={t('measures.title')}>
          <table className={table.table} data-testid="measures">
            <thead>
              <tr>
                <th scope="col">{t('measures.kind')}</th>
                <th scope="col">{t('measures.from')}</th>
                <th scope="col">{t('measures.to')}</th>
                <th scope="col" className={table.numeric}>
                  {t('measures.quantity')}
                </th>
                <th scope="col">{t('measures.note')}</th>
              </tr>
            </thead>
            <tbody>
              {measures.map(
                ({ id, measure, note }) =>
                  measure && (
                    <tr key={id}>
                      <th scope="row">{t(`areas:measureKind.${measure.kind}`)}</th>
                      <td className={table.nowrap}>{formatDay(measure.from)}</td>
                      <td className={table.nowrap}>
                        {measure.to === null ? t('measures.open') : formatDay(addDays(measure.to, -1))}
                      </td>
                      <td className={table.numeric}>{measure.quantity === null ? '' : number(measure.quantity)}</td>
                      <td>{note}</td>
                    </tr>
                  ),
              )}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  );
}
