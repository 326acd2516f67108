import type { TargetsResponse } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { keepView, useUpdateView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { useSession } from '../session/session-context.ts';

type NoTargetsProps = { answer: TargetsResponse };

/** No list at all, or none of this year by this day: says so and leads on; nothing where there is something to count. */
export function NoTargets({ answer }: NoTargetsProps) {
  const { t } = useTranslation('targets');
  const { can } = useSession();
  const updateView = useUpdateView();
  const { year, years, transformation, noRelapse } = answer;
  if (years.length === 0)
    return (
      <StateNotice
        title={t('none.title')}
        actions={
          can('planning') ? (
            <>
              <ButtonLink variant="filled" to="/dia-ban/nhap" search={keepView}>
                {t('none.import')}
              </ButtonLink>
              <ButtonLink to="/dia-ban/moi" search={keepView}>
                {t('none.mark')}
              </ButtonLink>
            </>
          ) : (
            <ButtonLink to="/dia-ban/bang" search={keepView}>
              {t('none.board')}
            </ButtonLink>
          )
        }
      >
        <p>{t('none.text')}</p>
        {!can('planning') && <p>{t('none.readOnly')}</p>}
      </StateNotice>
    );
  if (transformation.denominator > 0 || noRelapse.denominator > 0) return null;
  return (
    <StateNotice
      title={t('emptyYear.title', { year })}
      actions={years
        .filter((other) => other !== year)
        .slice(0, 3)
        .map((other) => (
          <Button key={other} onClick={() => updateView({ targetYear: other, asOf: undefined })}>
            {t('emptyYear.go', { year: other })}
          </Button>
        ))}
    >
      {t('emptyYear.text', { year })}
    </StateNotice>
  );
}
