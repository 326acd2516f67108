import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMapEngine } from '../../map/map-context.ts';
import { useView } from '../../state/use-view.ts';
import { bboxOf } from './commune-bbox.ts';
import styles from './search.module.css';
import { searchByName } from './search-key.ts';
import { type CommuneFeature, useCommunes } from './use-communes.ts';

type CommuneSearchProps = { inputId: string };

/** Find a commune by its name, typed with or without accents; choosing it selects it and moves the map there. */
export function CommuneSearch({ inputId }: CommuneSearchProps) {
  const { t } = useTranslation('search');
  const { set } = useView();
  const { data: communes } = useCommunes(set);
  const engine = useMapEngine();
  const navigate = useNavigate();
  const listId = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [isOpen, setOpen] = useState(false);

  const places = useMemo(
    () => (communes?.features ?? []).map((feature) => ({ ...feature.properties, feature })),
    [communes],
  );
  const found = useMemo(() => searchByName(places, text, 8), [places, text]);
  const isListShown = isOpen && text.trim() !== '';

  const choose = (feature: CommuneFeature) => {
    setText('');
    setOpen(false);
    document.getElementById(inputId)?.blur();
    engine?.flyTo(bboxOf(feature.geometry));
    void navigate({ to: '/', search: (before) => ({ ...before, selected: `commune:${feature.properties.code}` }) });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = found[active];
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
    else if (event.key === 'Enter' && chosen) choose(chosen.feature);
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
        aria-label={t('label')}
        aria-expanded={isListShown}
        aria-controls={listId}
        aria-activedescendant={isListShown && found[active] ? `${listId}-${active}` : undefined}
        placeholder={t('placeholder')}
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
              key={place.code}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              onPointerDown={(event) => {
                event.preventDefault();
                choose(place.feature);
              }}
              onPointerEnter={() => setActive(index)}
            >
              <span>{place.fullName}</span>
              <span className={styles.code}>{place.code}</span>
            </div>
          ))}
          {found.length === 0 && <div className={styles.none}>{t('none')}</div>}
        </div>
      )}
    </search>
  );
}
