import type { AreaDetail, LngLat } from '@diemnong/contracts';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/formats.ts';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { keepView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import page from '../../ui/page.module.css';
import { Segmented } from '../../ui/Segmented.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { isInPolygon } from '../communes/commune-at.ts';
import { type CommuneFeature, useCommunes } from '../communes/use-communes.ts';
import { DayInput } from '../days/DayInput.tsx';
import { isDay } from '../days/day-text.ts';
import { shortestName, shortestReason } from './area-draft.ts';
import { type AreaPart, partsByCommune, piecesOf, toMultiPolygon } from './area-parts.ts';
import { joinableStatuses } from './joinable-statuses.ts';
import styles from './marking.module.css';
import type { Polygons } from './marking-layer.ts';
import { officeDay } from './office-day.ts';
import { PlaceMap } from './PlaceMap.tsx';
import { emptyPlace } from './place-draft.ts';
import { ReasonField } from './ReasonField.tsx';
import { ringsOf } from './rings-of.ts';
import { ringKm2 } from './sphere-area.ts';
import type { Ring } from './split-ring.ts';
import { useSplitArea } from './use-area-actions.ts';
import { useDrawing } from './use-drawing.ts';
import { useLookAt } from './use-look-at.ts';

type SplitAreaProps = { area: AreaDetail; head: ReactNode };
type Way = 'line' | 'polygons' | 'communes';

/** Most parts the server takes. */
const mostParts = 10;
const noDrawing = { rings: [] as LngLat[][], lines: [] as LngLat[][] };

/** Divide an area: by cutting lines, by parts drawn one by one, or along the borders of communes (which needs no mouse). */
export function SplitArea({ area, head }: SplitAreaProps) {
  const { t } = useTranslation(['area-marking', 'areas']);
  const language = useLanguage();
  const navigate = useNavigate();
  const { data: communes } = useCommunes(undefined);
  const rings = useMemo((): readonly Ring[] => ringsOf(area.geometry) ?? [], [area.geometry]);
  const [way, setWay] = useState<Way>('line');
  const [drawn, setDrawn] = useState(noDrawing);
  const [names, setNames] = useState<readonly string[]>([]);
  const [on, setOn] = useState(officeDay);
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const split = useSplitArea(area.id);
  const isCuttable = rings.length > 0;
  const drawing = useDrawing({
    isOn: isCuttable && way !== 'communes',
    start: drawn,
    tool: way === 'line' ? 'line' : 'polygon',
    onChange: setDrawn,
  });
  useLookAt(area.geometry);

  const parts = useMemo((): AreaPart[] => {
    if (way === 'communes')
      return partsByCommune(rings, (communes?.features ?? []).filter(touching(area)).map(toShape));
    const pieces: readonly Ring[] = way === 'line' ? piecesOf(rings, drawn.lines) : drawn.rings;
    return pieces.map((ring) => ({ name: '', rings: [ring] }));
  }, [way, rings, drawn, communes, area]);
  const nameOf = (part: AreaPart, i: number) =>
    names[i] ?? t('split.partName', { name: area.name, part: part.name || String(i + 1) }).slice(0, 160);
  const canSplit = joinableStatuses.includes(area.status);
  const faults = {
    parts: parts.length < 2 || parts.length > mostParts,
    names: parts.some((part, i) => nameOf(part, i).trim().length < shortestName),
    on: !isDay(on),
    reason: reason.trim().length < shortestReason,
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (faults.parts || faults.names || faults.on || faults.reason) return;
    split.mutate(
      {
        on,
        reason: reason.trim(),
        parts: parts.map((part, i) => ({
          name: nameOf(part, i).trim(),
          place: { polygon: toMultiPolygon(part.rings), snapM: 0 },
        })),
      },
      { onSuccess: () => void navigate({ to: '/dia-ban/$id', params: { id: area.id }, search: keepView }) },
    );
  };
  const shown = useMemo((): Polygons => {
    const all = way === 'communes' ? parts.flatMap((part) => part.rings) : rings;
    return all.map((ring) => [[...ring]]);
  }, [way, parts, rings]);

  return (
    <div className={styles.screen}>
      <PlaceMap
        draft={{ ...emptyPlace, tool: 'keep' }}
        isGathering={false}
        without={area.id}
        also={shown}
        onChange={() => undefined}
      />
      <form className={styles.form} noValidate onSubmit={submit} aria-label={t('split.title')}>
        {head}
        {!canSplit && <p className={styles.fault}>{t('split.notNow', { status: t(`areas:status.${area.status}`) })}</p>}
        {!isCuttable && <p className={styles.fault}>{t('split.notCuttable')}</p>}
        {canSplit && isCuttable && (
          <>
            <p className={styles.quiet}>{t('split.intro')}</p>
            <Segmented<Way>
              label={t('split.way')}
              value={way}
              options={(['line', 'polygons', 'communes'] as const).map((value) => ({
                value,
                label: t(`split.ways.${value}`),
              }))}
              onChange={(next) => {
                setWay(next);
                setDrawn(noDrawing);
                drawing.set(noDrawing);
                drawing.use(next === 'line' ? 'line' : 'polygon');
                setNames([]);
              }}
            />
            <p className={styles.quiet}>{t(`split.how.${way}`)}</p>
            {way !== 'communes' && (
              <div className={page.actions}>
                <Button disabled={!drawing.isReady} onClick={() => drawing.use(way === 'line' ? 'line' : 'polygon')}>
                  {t(way === 'line' ? 'split.drawLine' : 'split.drawPart')}
                </Button>
                <Button disabled={!drawing.isReady} onClick={drawing.undo}>
                  {t('draw.undo')}
                </Button>
              </div>
            )}
            <p data-testid="split-parts" role={isTried && faults.parts ? 'alert' : undefined}>
              {t(parts.length > mostParts ? 'split.tooMany' : parts.length < 2 ? 'split.tooFew' : 'split.count', {
                count: parts.length,
                most: mostParts,
              })}
            </p>
            {parts.length >= 2 && parts.length <= mostParts && (
              <ol className={styles.parts}>
                {parts.map((part, i) => (
                  <li key={i}>
                    <Field
                      label={t('split.nameOf', { part: i + 1 })}
                      hint={t('numbers.km2', {
                        value: formatNumber(
                          part.rings.reduce((sum, ring) => sum + ringKm2(ring as LngLat[]), 0),
                          language,
                          3,
                        ),
                      })}
                      error={isTried && nameOf(part, i).trim().length < shortestName ? t('missing.name') : undefined}
                    >
                      {(control) => (
                        <TextInput
                          {...control}
                          value={nameOf(part, i)}
                          maxLength={160}
                          onChange={({ target }) =>
                            setNames(parts.map((one, j) => (j === i ? target.value : nameOf(one, j))))
                          }
                        />
                      )}
                    </Field>
                  </li>
                ))}
              </ol>
            )}
            <Field label={t('split.on')} error={isTried && faults.on ? t('missing.day') : undefined}>
              {(control) => <DayInput {...control} value={on} max={officeDay()} onChange={setOn} />}
            </Field>
            <div className={styles.bar}>
              <ReasonField
                value={reason}
                error={isTried && faults.reason ? t('missing.reason') : undefined}
                onChange={setReason}
              />
              {split.error && (
                <p className={styles.fault} role="alert">
                  {saidIn(split.error.message, language)}
                </p>
              )}
              <Button type="submit" variant="filled" disabled={split.isPending || faults.parts}>
                {t(split.isPending ? 'saving' : faults.parts ? 'split.title' : 'split.save', { count: parts.length })}
              </Button>
            </div>
          </>
        )}
      </form>
    </div>
  );
}

const touching =
  ({ communes }: AreaDetail) =>
  ({ properties }: CommuneFeature) =>
    communes.includes(properties.code);

function toShape({ properties, geometry }: CommuneFeature) {
  return {
    name: properties.name,
    rings: geometry.coordinates.flat() as LngLat[][],
    holds: (point: LngLat) => isInPolygon(point, geometry),
  };
}
