import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { useMapEngine } from '../../map/map-context.ts';
import { keepView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import page from '../../ui/page.module.css';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { isDay } from '../days/day-text.ts';
import { useMeta } from '../meta/use-meta.ts';
import { AreaFieldsForm } from './AreaFieldsForm.tsx';
import { type AreaDraft, type FieldName, missingFields, storeDraft, storedDraft } from './area-draft.ts';
import { fieldErrorsOf } from './field-errors.ts';
import styles from './marking.module.css';
import { type MarkingSearch, validateMarkingSearch } from './marking-search.ts';
import { officeDay } from './office-day.ts';
import { PlaceMap } from './PlaceMap.tsx';
import { PlaceNumbers } from './PlaceNumbers.tsx';
import { PlaceTools } from './PlaceTools.tsx';
import { placeBounds } from './place-bounds.ts';
import { emptyPlace, type PlaceDraft, placeOfCells, toPlace } from './place-draft.ts';
import { useCreateArea } from './use-area-actions.ts';
import { useDrawing } from './use-drawing.ts';

/** It may be left out. */
const isProposedOn = ({ proposedOn }: AreaDraft['fields']) => proposedOn === '' || isDay(proposedOn);

/** Địa bàn › Đánh dấu: a place made on the map, and what is written about it. */
export function MarkingScreen() {
  const { t } = useTranslation('area-marking');
  const language = useLanguage();
  const navigate = useNavigate();
  const engine = useMapEngine();
  const { data: meta } = useMeta();
  const search = useSearch({ strict: false, select: (found): MarkingSearch => validateMarkingSearch(found) });
  const [isRestored, setRestored] = useState(() => !hasPreset(search) && storedDraft() !== undefined);
  const [draft, setDraftState] = useState<AreaDraft>(() => beginning(search));
  const [isGathering, setGathering] = useState(true);
  const [isTried, setTried] = useState(false);
  const create = useCreateArea();
  const setDraft = (next: AreaDraft) => {
    setDraftState(next);
    storeDraft(next);
    create.reset();
  };
  const setPlace = (place: PlaceDraft) => setDraft({ ...draft, place });
  const drawing = useDrawing({
    isOn: draft.place.tool === 'draw',
    start: { rings: draft.place.rings, lines: [] },
    tool: 'polygon',
    onChange: ({ rings }) => setPlace({ ...draft.place, rings }),
  });

  // A link that brings a place opens there.
  const [presetBounds] = useState(() => placeBounds(draft.place));
  useEffect(() => {
    if (presetBounds && engine) requestAnimationFrame(() => engine.flyTo(presetBounds));
  }, [engine, presetBounds]);

  const place = toPlace(draft.place);
  const missing = isTried ? missingFields(draft.fields, place !== undefined) : [];
  const errors: Partial<Record<FieldName, string>> = {
    ...Object.fromEntries(missing.map((name) => [name, t(`missing.${name}`)])),
    ...(isTried && !isProposedOn(draft.fields) ? { proposedOn: t('missing.day') } : {}),
    ...(create.error ? fieldErrorsOf(create.error, language) : {}),
  };
  const isToldAtField = Object.keys(errors).length > 0;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (place === undefined || missingFields(draft.fields, true).length > 0 || !isProposedOn(draft.fields)) return;
    const { name, description, types, level, proposedOn } = draft.fields;
    create.mutate(
      {
        name: name.trim(),
        description: description.trim(),
        types,
        level,
        place,
        ...(proposedOn === '' ? {} : { proposedOn }),
        ...(search.candidate === undefined ? {} : { candidate: search.candidate }),
      },
      {
        onSuccess: ({ area }) => {
          storeDraft(undefined);
          void navigate({ to: '/dia-ban/$id', params: { id: area.id }, search: keepView });
        },
      },
    );
  };

  return (
    <div className={styles.screen}>
      <PlaceMap draft={draft.place} isGathering={isGathering} onChange={setPlace} />
      <form className={styles.form} noValidate onSubmit={submit} aria-label={t('title')}>
        <header className={page.stack}>
          <h1>{t('title')}</h1>
          <p className={styles.quiet}>{t(search.candidate === undefined ? 'intro' : 'introCandidate')}</p>
        </header>
        {meta?.boundarySets.length === 0 && (
          <StateNotice
            tone="warn"
            title={t('noBoundaries.title')}
            actions={
              <ButtonLink to="/bat-dau" search={true} variant="filled">
                {t('noBoundaries.action')}
              </ButtonLink>
            }
          >
            {t('noBoundaries.text')}
          </StateNotice>
        )}
        {isRestored && (
          <StateNotice
            title={t('restored.title')}
            actions={
              <Button
                onClick={() => {
                  storeDraft(undefined);
                  setDraftState(beginning(search));
                  drawing.set({ rings: [], lines: [] });
                  drawing.use('polygon');
                  setRestored(false);
                }}
              >
                {t('restored.drop')}
              </Button>
            }
          >
            <p>{t('restored.text')}</p>
          </StateNotice>
        )}
        <PlaceTools
          draft={draft.place}
          tools={['draw', 'commune', 'cells']}
          drawing={drawing}
          isGathering={isGathering}
          error={errors.place}
          onGathering={setGathering}
          onChange={setPlace}
        />
        <PlaceNumbers draft={draft.place} />
        <AreaFieldsForm
          hasDay
          fields={draft.fields}
          errors={errors}
          onChange={(fields) => setDraft({ ...draft, fields })}
        />
        <div className={styles.bar}>
          {create.error && !isToldAtField && (
            <p className={styles.fault} role="alert">
              {saidIn(create.error.message, language)}
            </p>
          )}
          {isToldAtField && (
            <p className={styles.fault} role="alert">
              {t('mend')}
            </p>
          )}
          <div className={page.actions}>
            <Button type="submit" variant="filled" disabled={create.isPending}>
              {t(create.isPending ? 'saving' : 'save')}
            </Button>
            <ButtonLink to="/dia-ban" search={keepView}>
              {t('cancel')}
            </ButtonLink>
          </div>
          <p className={styles.quiet}>{t('draftKept')}</p>
        </div>
      </form>
    </div>
  );
}

function hasPreset({ cells, commune }: MarkingSearch): boolean {
  return cells !== undefined || commune !== undefined;
}

/** What a link brings goes before what was left unfinished. */
function beginning(search: MarkingSearch): AreaDraft {
  const { cells, commune, candidateType } = search;
  const fields = {
    name: '',
    description: '',
    types: candidateType === undefined ? [] : [candidateType],
    level: 'province' as const,
    proposedOn: officeDay(),
  };
  if (cells) return { fields, place: placeOfCells(cells) };
  if (commune !== undefined) return { fields, place: { ...emptyPlace, tool: 'commune', communeCode: commune } };
  return storedDraft() ?? { fields, place: emptyPlace };
}
