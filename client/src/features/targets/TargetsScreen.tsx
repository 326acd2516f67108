import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { vietnameseToday } from '../../state/days.ts';
import { useUpdateView, useView } from '../../state/use-view.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { AnswerState } from '../session/AnswerState.tsx';
import { useSession } from '../session/session-context.ts';
import { AreaListSection } from './AreaListSection.tsx';
import { CurveSection } from './CurveSection.tsx';
import { GaugePair } from './GaugePair.tsx';
import { HistorySection } from './HistorySection.tsx';
import { NoTargets } from './NoTargets.tsx';
import { PartsSection } from './PartsSection.tsx';
import { TargetsHead } from './TargetsHead.tsx';
import { type TargetName, toTargetsQuery } from './target-query.ts';
import styles from './targets.module.css';
import { useTargets } from './use-targets.ts';

/** Chỉ tiêu: the two rates large enough for a hall, the lists behind them one click away, and how they came about. */
export function TargetsScreen() {
  const { t } = useTranslation('targets');
  const [today] = useState(vietnameseToday);
  const view = useView();
  const updateView = useUpdateView();
  const { user } = useSession();
  const list = useRef<HTMLElement>(null);
  const query = toTargetsQuery(view, today);
  const targets = useTargets(query);
  const { data, isLoading, isPrevious } = targets;
  const name: TargetName = view.targetList === 'no-relapse' ? 'noRelapse' : 'transformation';
  const openList = (opened: TargetName) => {
    updateView({ targetList: opened === 'noRelapse' ? 'no-relapse' : undefined });
    list.current?.scrollIntoView({ block: 'start' });
    list.current?.focus({ preventScroll: true });
  };
  return (
    <div className={styles.screen} aria-busy={isLoading} data-testid="targets">
      <ProgressLine isActive={isLoading} label={t('loading')} />
      <TargetsHead year={query.year} today={today} answer={data} />
      {user.role === 'commune' && (
        <p className={styles.own}>{t('ownCommune', { commune: user.communeName ?? user.communeCode })}</p>
      )}
      <AnswerState answer={targets} failed={t('failed')} stands={t('stands')} lines={12} />
      {data !== undefined && (
        <div className={styles.answer} data-previous={isPrevious || undefined}>
          <NoTargets answer={data} />
          <GaugePair answer={data} onList={openList} />
          {data.years.length > 0 && (
            <>
              <div className={styles.beneath}>
                <AreaListSection key={`${data.year} ${name}`} ref={list} answer={data} name={name} />
                <CurveSection answer={data} />
              </div>
              <HistorySection answer={data} />
              <PartsSection answer={data} />
            </>
          )}
        </div>
      )}
    </div>
  );
}
