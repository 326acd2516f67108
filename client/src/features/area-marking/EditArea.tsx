import type { AreaDetail } from '@diemnong/contracts';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestError } from '../../api/request.ts';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { keepView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import page from '../../ui/page.module.css';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { AreaFieldsForm } from './AreaFieldsForm.tsx';
import { changesOf } from './area-changes.ts';
import { type AreaFields, missingFields, shortestReason } from './area-draft.ts';
import { fieldErrorsOf } from './field-errors.ts';
import styles from './marking.module.css';
import type { Polygons } from './marking-layer.ts';
import { PlaceMap } from './PlaceMap.tsx';
import { PlaceNumbers } from './PlaceNumbers.tsx';
import { PlaceTools } from './PlaceTools.tsx';
import { emptyPlace, type PlaceDraft, toPlace } from './place-draft.ts';
import { ReasonField } from './ReasonField.tsx';
import { ringsOf } from './rings-of.ts';
import { useEditArea } from './use-area-actions.ts';
import { useDrawing } from './use-drawing.ts';
import { useLookAt } from './use-look-at.ts';

type EditAreaProps = { area: AreaDetail; head: ReactNode };

/** Change what is written about an area and where it is. The revision before stays in its history. */
export function EditArea({ area, head }: EditAreaProps) {
  const { t } = useTranslation('area-marking');
  const language = useLanguage();
  const navigate = useNavigate();
  // As it was opened: what somebody else changes meanwhile is a conflict, not something to write over.
  const [opened, setOpened] = useState(area);
  const [fields, setFields] = useState<AreaFields>(() => fieldsOf(area));
  const [place, setPlace] = useState<PlaceDraft>(() => placeOf(area));
  const [isGathering, setGathering] = useState(true);
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const edit = useEditArea(area.id);
  const drawing = useDrawing({
    isOn: place.tool === 'draw',
    start: { rings: place.rings, lines: [] },
    tool: 'polygon',
    onChange: ({ rings }) => setPlace((before) => ({ ...before, rings })),
  });
  useLookAt(opened.geometry);
  const [kept] = useState(() => (area.geometry?.coordinates ?? []) as Polygons);

  const newPlace = toPlace(place);
  const changes = changesOf(opened, fields, newPlace);
  const isReasonShort = reason.trim().length < shortestReason;
  const missing = isTried ? missingFields(fields, place.tool === 'keep' || newPlace !== undefined) : [];
  const errors = {
    ...Object.fromEntries(missing.map((name) => [name, t(`missing.${name}`)])),
    ...(isTried && isReasonShort ? { reason: t('missing.reason') } : {}),
    ...(edit.error ? fieldErrorsOf(edit.error, language) : {}),
  };
  const isConflict = edit.error instanceof RequestError && edit.error.code === 'conflict';

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const isReady = place.tool === 'keep' || newPlace !== undefined;
    if (isReasonShort || missingFields(fields, isReady).length > 0 || changes === null) return;
    edit.mutate(
      { revision: opened.revision, reason: reason.trim(), ...changes },
      {
        onSuccess: () => void navigate({ to: '/dia-ban/$id', params: { id: area.id }, search: keepView }),
      },
    );
  };

  return (
    <div className={styles.screen}>
      <PlaceMap
        draft={place}
        isGathering={isGathering}
        without={area.id}
        {...(place.tool === 'keep' ? { also: kept } : {})}
        onChange={setPlace}
      />
      <form className={styles.form} noValidate onSubmit={submit} aria-label={t('edit.title')}>
        {head}
        <AreaFieldsForm hasDay={false} fields={fields} errors={errors} onChange={setFields} />
        <PlaceTools
          draft={place}
          tools={['keep', 'draw', 'commune', 'cells']}
          drawing={drawing}
          isGathering={isGathering}
          error={errors['place']}
          onGathering={setGathering}
          onChange={setPlace}
        />
        <PlaceNumbers draft={place} />
        <div className={styles.bar}>
          <ReasonField value={reason} error={errors['reason']} onChange={setReason} />
          {isConflict && (
            <StateNotice
              tone="warn"
              title={t('edit.conflict.title')}
              actions={
                <Button
                  onClick={() => {
                    setOpened(area);
                    edit.reset();
                  }}
                >
                  {t('edit.conflict.take', { revision: area.revision })}
                </Button>
              }
            >
              <p>{t('edit.conflict.text')}</p>
            </StateNotice>
          )}
          {edit.error && !isConflict && Object.keys(errors).length === 0 && (
            <p className={styles.fault} role="alert">
              {saidIn(edit.error.message, language)}
            </p>
          )}
          {isTried && changes === null && <p className={styles.quiet}>{t('edit.nothing')}</p>}
          <div className={page.actions}>
            <Button type="submit" variant="filled" disabled={edit.isPending || isConflict}>
              {t(edit.isPending ? 'saving' : 'edit.save')}
            </Button>
            <span className={styles.quiet}>{t('edit.revision', { revision: opened.revision })}</span>
          </div>
        </div>
      </form>
    </div>
  );
}

function fieldsOf({ name, description, types, level }: AreaDetail): AreaFields {
  return { name, description, types, level, proposedOn: '' };
}

function placeOf(area: AreaDetail): PlaceDraft {
  return { ...emptyPlace, tool: 'keep', rings: ringsOf(area.geometry) ?? [] };
}
