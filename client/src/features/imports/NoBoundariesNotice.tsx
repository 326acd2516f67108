import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';

/** Incidents cannot be placed before there are communes: says so and leads there. */
export function NoBoundariesNotice() {
  const { t } = useTranslation('imports');
  return (
    <StateNotice
      tone="warn"
      title={t('refused.noBoundaries.title')}
      actions={
        <ButtonLink to="/bat-dau" search={true} variant="filled">
          {t('refused.noBoundaries.action')}
        </ButtonLink>
      }
    >
      {t('refused.noBoundaries.text')}
    </StateNotice>
  );
}
