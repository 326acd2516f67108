import { IconHexagon, IconMapPin, IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMapEngine } from '../../map/map-context.ts';
import { keepView } from '../../state/use-view.ts';
import { bboxOf } from '../communes/commune-bbox.ts';
import { useSession } from '../session/session-context.ts';
import styles from './search.module.css';
import { searchByName } from './search-key.ts';
import { type Place, usePlaces } from './use-places.ts';

type PlaceSearchProps = { inputId: string };

/**
 * Find a commune or a hot-spot area by its name, typed with or without accents, an area also by its number or its commune;
 * choosing it selects it and moves the map there.
 */
export function PlaceSearch({ inputId }: PlaceSearchProps) {
  const { t } = useTranslation('search');
  const { can } = useSession();
  const engine = useMapEngine();
  const navigate = useNavigate();
  const listId = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [isOpen, setOpen] = useState(false);

  const { places, isLoading } = usePlaces(isOpen);
  const found = useMemo(() => searchByName(places, text, 8), [places, text]);
  const isListShown = isOpen && text.trim() !== '';
  const words = can('analysis') ? 'withAreas' : 'communes';

  const choose = (place: Place) => {
    setText('');
    setOpen(false);
    document.getElementById(inputId)?.blur();
    // The map flies to an area by itself, once it knows its shape.
    if (place.kind === 'commune') engine?.flyTo(bboxOf(place.feature.geometry));
    const chosen =
      place.kind === 'commune'
        ? { selected: `commune:${place.code}`, area: undefined }
        : { selected: undefined, area: place.id, areas: '1' as const };
    void navigate({ to: '/', search: (before) => ({ ...keepView(before), ...chosen }) });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = found[active];
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
    else if (event.key === 'Enter' && chosen) choose(chosen);
    else if (event.key === 'Escape') {
      setText('');
      document.getElementById(inputId)?.blur();
    } else return;
    event.preventDefault();
  };

  return (
    <search className={styles.search}>
      <IconSearch size="1.125em" aria-hidden className={styles.glass} />
      <input
        id={inputId}
        className={styles.input}
        type="text"
        role="combobox"
        autoComplete="off"
        aria-label={t(`${words}.label`)}
        aria-expanded={isListShown}
        aria-controls={listId}
        aria-activedescendant={isListShown && found[active] ? `${listId}-${active}` : undefined}
        placeholder={t(`${words}.placeholder`)}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <kbd className={styles.key} aria-hidden>
        /
      </kbd>
      {isListShown && (
        <div id={listId} role="listbox" aria-label={t('results')} className={styles.list}>
          {found.map((place, index) => (
            <div
              key={place.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              onPointerDown={(event) => {
                event.preventDefault();
                choose(place);
              }}
              onPointerEnter={() => setActive(index)}
            >
              <FoundPlace place={place} />
            </div>
          ))}
          {found.length === 0 && <div className={styles.none}>{t(isLoading ? 'loading' : `${words}.none`)}</div>}
        </div>
      )}
    </search>
  );
}

function FoundPlace({ place }: { place: Place }) {
  const { t } = useTranslation(['search', 'areas']);
  const isArea = place.kind === 'area';
  const Sign = isArea ? IconHexagon : IconMapPin;
  return (
    <>
      <Sign size="1.125em" role="img" aria-label={t(`kind.${place.kind}`)} className={styles.sign} />
      <span>
        <span>{isArea ? place.name : place.fullName}</span>
        {isArea && (
          <span className={styles.second}>{`${place.commune} · ${t(`areas:statusShort.${place.status}`)}`}</span>
        )}
      </span>
      <span className={styles.code}>{place.code}</span>
    </>
  );
}
