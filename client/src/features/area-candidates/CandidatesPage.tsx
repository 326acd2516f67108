import { type AreaType, areaTypes } from '@diemnong/contracts';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay, formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { useMapEngine } from '../../map/map-context.ts';
import { addDays } from '../../state/days.ts';
import { Button } from '../../ui/Button.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { bboxOf } from '../communes/commune-bbox.ts';
import { FailureNotice } from '../session/FailureNotice.tsx';
import { ruleName } from '../trends/trend-words.ts';
import { CandidateItem } from './CandidateItem.tsx';
import { CandidatesMap } from './CandidatesMap.tsx';
import styles from './candidates.module.css';
import { useCandidates } from './use-candidates.ts';

/** Cell sizes that suggestions are worked out for; 9 when none is chosen. */
const sizes = [7, 8, 9] as const;

/** Địa bàn › Đề xuất: places where records were dense, for a person to decide about. */
export function CandidatesPage() {
  const { t } = useTranslation(['area-candidates', 'areas']);
  const language = useLanguage();
  const engine = useMapEngine();
  const [type, setType] = useState<AreaType | undefined>();
  const [res, setRes] = useState<(typeof sizes)[number]>(9);
  const [isDecidedShown, setDecidedShown] = useState(false);
  const [selected, setSelected] = useState<string>();
  const { data, error, isLoading, retry } = useCandidates({ type, res: res === 9 ? undefined : res, isDecidedShown });
  const candidates = useMemo(() => data?.candidates ?? [], [data]);
  const chosen = candidates.find(({ key }) => key === selected);
  useEffect(() => {
    if (chosen) engine?.flyTo(bboxOf(chosen.geometry));
  }, [engine, chosen]);

  return (
    <div className={styles.screen}>
      <CandidatesMap candidates={candidates} selected={selected} onSelect={setSelected} />
      <div className={styles.side}>
        <ProgressLine isActive={isLoading} label={t('loading')} />
        <p className={styles.note} data-testid="candidates-note">
          {t('note')}
        </p>
        <Segmented<AreaType | 0>
          isColumn
          label={t('type')}
          value={type ?? 0}
          options={[
            { value: 0 as const, label: t('allTypes') },
            ...areaTypes.map((value) => ({ value, label: t(`areas:type.${value}`) })),
          ]}
          onChange={(value) => setType(value === 0 ? undefined : value)}
        />
        <Segmented<(typeof sizes)[number]>
          label={t('res')}
          value={res}
          options={sizes.map((value) => ({ value, label: t('resOf', { res: value }) }))}
          onChange={setRes}
        />
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={isDecidedShown}
            onChange={(event) => setDecidedShown(event.currentTarget.checked)}
          />
          {t('decided')}
        </label>
        {error && <FailureNotice error={error} title={t('failed')} onRetry={retry} />}
        {!data && !error && <Skeleton lines={6} />}
        {data && (
          <p className={styles.quiet} data-testid="candidates-count">
            {t('count', {
              count: candidates.length,
              value: formatNumber(candidates.length, language),
              from: formatDay(data.from),
              to: formatDay(addDays(data.to, -1)),
            })}{' '}
            {data.refused > 0 && t('refused', { count: data.refused, value: formatNumber(data.refused, language) })}
          </p>
        )}
        {data && candidates.length === 0 && (
          <StateNotice
            title={t('none.title')}
            actions={
              !isDecidedShown &&
              data.refused > 0 && <Button onClick={() => setDecidedShown(true)}>{t('none.decided')}</Button>
            }
          >
            <p>{t(type === undefined ? 'none.text' : 'none.ofType')}</p>
          </StateNotice>
        )}
        {data && (
          <ol className={styles.list}>
            {candidates.map((candidate) => (
              <CandidateItem
                key={candidate.key}
                candidate={candidate}
                period={{ from: data.from, to: data.to, res: data.res }}
                isSelected={candidate.key === selected}
                onSelect={() => setSelected(candidate.key)}
              />
            ))}
          </ol>
        )}
        {data && <p className={styles.quiet}>{t('rule', { rule: ruleName(data.rule) })}</p>}
      </div>
    </div>
  );
}
