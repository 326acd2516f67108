import type { AreaDetail } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { addDays } from '../../state/days.ts';
import { useAreaWords } from '../areas/use-area-words.ts';

type SheetMeasuresProps = { area: AreaDetail };

/** What was done, as the steps in force say. */
export function SheetMeasures({ area }: SheetMeasuresProps) {
  const { t } = useTranslation(['area-page', 'areas']);
  const { number } = useAreaWords();
  const measures = area.events.flatMap(({ id, measure, inForce, note }) =>
    measure !== null && inForce ? [{ id, measure, note }] : [],
  );
  return (
    <section>
      <h2>{t('measures.title')}</h2>
      {measures.length === 0 ? (
        <p>{t('measures.none')}</p>
      ) : (
        <ul>
          {measures.map(({ id, measure: { kind, quantity, from, to }, note }) => (
            <li key={id}>
              {t(`areas:measureKind.${kind}`)}
              {quantity !== null && `: ${number(quantity)}`} ·{' '}
              {t(to === null ? 'measures.goesOn' : 'measures.span', {
                from: formatDay(from),
                to: to === null ? '' : formatDay(addDays(to, -1)),
              })}
              {note !== null && ` · ${note}`}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
