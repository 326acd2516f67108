import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import page from '../../ui/page.module.css';
import type { PlaceDraft } from './place-draft.ts';
import { usePlaceNumbers } from './use-place-numbers.ts';

type PlaceNumbersProps = { draft: PlaceDraft };

/** How large the place is, what it holds and where it lies, while the hand still moves. */
export function PlaceNumbers({ draft }: PlaceNumbersProps) {
  const { t } = useTranslation('area-marking');
  const language = useLanguage();
  const numbers = usePlaceNumbers(draft);
  const say = (value: number, digits = 0) => formatNumber(value, language, digits);
  if (numbers === null) return null;
  return (
    <dl className={page.facts} data-testid="place-numbers">
      <dt>{t('numbers.area')}</dt>
      <dd data-testid="place-km2">{t('numbers.km2', { value: say(numbers.km2, numbers.km2 < 1 ? 3 : 2) })}</dd>
      <dt>{t('numbers.cells')}</dt>
      <dd data-testid="place-cells">{numbers.cells === 0 ? t('numbers.tooLarge') : say(numbers.cells)}</dd>
      <dt>{t('numbers.communes')}</dt>
      <dd data-testid="place-communes">{numbers.communes.join(', ') || t('numbers.outside')}</dd>
      <dt>{t('numbers.records')}</dt>
      <dd data-testid="place-records">{numbers.records === null ? '…' : say(numbers.records)}</dd>
    </dl>
  );
}
