import type { HotspotsResponse } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { monthsBetween } from '../../state/days.ts';
import { useUpdateView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { useMeta } from '../meta/use-meta.ts';
import { missingSteps, widerPeriod } from './hotspot-words.ts';

type FewStepsNoticeProps = { hotspots: HotspotsResponse };

/** "Chưa đủ kỳ" on the map itself: no trend has a name under 12 whole months, and a button looks at more of them. */
export function FewStepsNotice({ hotspots }: FewStepsNoticeProps) {
  const { t } = useTranslation('hotspots');
  const updateView = useUpdateView();
  const range = useMeta().data?.range;
  const missing = missingSteps(hotspots);
  if (missing === null) return null;
  const wider = range ? widerPeriod(hotspots, range, missing.needed) : null;
  return (
    <div data-testid="few-steps">
      <StateNotice
        tone="warn"
        title={t('fewSteps.title')}
        actions={
          wider && (
            <Button variant="filled" onClick={() => updateView(wider)}>
              {t('fewSteps.widen', { count: monthsBetween(wider.from, wider.to) })}
            </Button>
          )
        }
      >
        <p>{t('fewSteps.text', missing)}</p>
        {wider === null && <p>{t('fewSteps.noData', { needed: missing.needed })}</p>}
      </StateNotice>
    </div>
  );
}
