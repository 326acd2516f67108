import { type AreaDetail, listAreas } from '@diemnong/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api/request.ts';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { keepView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useAreaShapes } from '../area-layer/use-area-shapes.ts';
import { DayInput } from '../days/DayInput.tsx';
import { isDay } from '../days/day-text.ts';
import { FailureNotice } from '../session/FailureNotice.tsx';
import { shortestName, shortestReason } from './area-draft.ts';
import { joinableStatuses } from './joinable-statuses.ts';
import styles from './marking.module.css';
import type { Polygons } from './marking-layer.ts';
import { officeDay } from './office-day.ts';
import { PlaceMap } from './PlaceMap.tsx';
import { emptyPlace } from './place-draft.ts';
import { ReasonField } from './ReasonField.tsx';
import { useMergeAreas } from './use-area-actions.ts';
import { useLookAt } from './use-look-at.ts';

type MergeAreasProps = { area: AreaDetail; head: ReactNode };

/** Most areas the server makes one at once. */
const mostAreas = 20;

/** Make one area of this one and others of the same status. */
export function MergeAreas({ area, head }: MergeAreasProps) {
  const { t } = useTranslation(['area-marking', 'areas']);
  const language = useLanguage();
  const navigate = useNavigate();
  const [others, setOthers] = useState<readonly string[]>([]);
  const [name, setName] = useState(area.name);
  const [on, setOn] = useState(officeDay);
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const merge = useMergeAreas();
  const query = { status: area.status };
  const same = useQuery({
    queryKey: ['areas', 'to-merge', query],
    queryFn: ({ signal }) => request(listAreas, { query }, { signal }),
    staleTime: 0,
  });
  const choices = (same.data?.areas ?? []).filter(({ id }) => id !== area.id);
  const { shapes } = useAreaShapes(true);
  const shown = useMemo(
    () =>
      shapes
        .filter(({ properties }) => others.includes(properties.id))
        .flatMap(({ geometry }) => geometry.coordinates as Polygons)
        .concat((area.geometry?.coordinates ?? []) as Polygons),
    [shapes, others, area.geometry],
  );
  useLookAt(area.geometry);
  const canMerge = joinableStatuses.includes(area.status);
  const isNameShort = name.trim().length < shortestName;
  const isReasonShort = reason.trim().length < shortestReason;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (others.length === 0 || isNameShort || isReasonShort || !isDay(on)) return;
    merge.mutate(
      { on, reason: reason.trim(), name: name.trim(), areas: [area.id, ...others] },
      {
        onSuccess: ({ areas: [made] }) => {
          if (made) void navigate({ to: '/dia-ban/$id', params: { id: made.id }, search: keepView });
        },
      },
    );
  };

  return (
    <div className={styles.screen}>
      <PlaceMap draft={{ ...emptyPlace, tool: 'keep' }} isGathering={false} also={shown} onChange={() => undefined} />
      <form className={styles.form} noValidate onSubmit={submit} aria-label={t('merge.title')}>
        {head}
        {!canMerge && <p className={styles.fault}>{t('merge.notNow', { status: t(`areas:status.${area.status}`) })}</p>}
        {canMerge && (
          <>
            <p className={styles.quiet}>{t('merge.intro', { status: t(`areas:status.${area.status}`) })}</p>
            {same.error && (
              <FailureNotice error={same.error} title={t('merge.failed')} onRetry={() => void same.refetch()} />
            )}
            {same.isPending && <Skeleton lines={4} />}
            {same.data && choices.length === 0 && <p>{t('merge.none')}</p>}
            <ul className={styles.choices}>
              {choices.map((choice) => (
                <li key={choice.id}>
                  <label>
                    <input
                      type="checkbox"
                      checked={others.includes(choice.id)}
                      disabled={!others.includes(choice.id) && others.length + 1 >= mostAreas}
                      onChange={({ currentTarget: { checked } }) =>
                        setOthers(checked ? [...others, choice.id] : others.filter((id) => id !== choice.id))
                      }
                    />
                    <span>
                      {choice.name}{' '}
                      <span className={styles.quiet}>
                        {t('areas:code', { number: String(choice.number).padStart(3, '0') })} · {choice.commune.name}
                      </span>
                    </span>
                  </label>
                </li>
              ))}
            </ul>
            <p role={isTried && others.length === 0 ? 'alert' : undefined} data-testid="merge-count">
              {others.length === 0
                ? t('merge.chooseOne', { name: area.name })
                : t('merge.count', { count: others.length + 1 })}
            </p>
            <Field label={t('merge.name')} error={isTried && isNameShort ? t('missing.name') : undefined}>
              {(control) => (
                <TextInput {...control} value={name} maxLength={160} onChange={({ target }) => setName(target.value)} />
              )}
            </Field>
            <Field label={t('merge.on')} error={isTried && !isDay(on) ? t('missing.day') : undefined}>
              {(control) => <DayInput {...control} value={on} max={officeDay()} onChange={setOn} />}
            </Field>
            <div className={styles.bar}>
              <ReasonField
                value={reason}
                error={isTried && isReasonShort ? t('missing.reason') : undefined}
                onChange={setReason}
              />
              {merge.error && (
                <p className={styles.fault} role="alert">
                  {saidIn(merge.error.message, language)}
                </p>
              )}
              <Button type="submit" variant="filled" disabled={merge.isPending || others.length === 0}>
                {t(merge.isPending ? 'saving' : others.length === 0 ? 'merge.title' : 'merge.save', {
                  count: others.length + 1,
                })}
              </Button>
            </div>
          </>
        )}
      </form>
    </div>
  );
}
