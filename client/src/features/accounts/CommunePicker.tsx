import type { CommuneProperties } from '@diemnong/contracts';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextInput } from '../../ui/TextInput.tsx';
import { useCommunes } from '../communes/use-communes.ts';
import { searchByName } from '../search/search-key.ts';
import styles from './accounts.module.css';

type CommunePickerProps = {
  control: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined };
  /** "" = none chosen yet. */
  code: string;
  onChoose: (commune: CommuneProperties) => void;
};

/** One commune of the default set, found by name with or without accents. Nothing counts until it is chosen from the list. */
export function CommunePicker({ control, code, onChoose }: CommunePickerProps) {
  const { t } = useTranslation('accounts');
  const { data } = useCommunes(undefined);
  const listId = useId();
  const communes = useMemo(() => (data?.features ?? []).map(({ properties }) => properties), [data]);
  const chosen = communes.find((commune) => commune.code === code);
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(0);
  const found = useMemo(() => searchByName(communes, typed ?? '', 6), [communes, typed]);
  const isOpen = typed !== undefined && typed.trim() !== '';

  const choose = (commune: CommuneProperties | undefined) => {
    if (commune === undefined) return;
    onChoose(commune);
    setTyped(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen) return;
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
    else if (event.key === 'Enter') choose(found[active]);
    else if (event.key === 'Escape') setTyped(undefined);
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.picker}>
      <TextInput
        {...control}
        role="combobox"
        autoComplete="off"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-activedescendant={isOpen && found[active] ? `${listId}-${active}` : undefined}
        placeholder={t('hint.communeSearch')}
        value={typed ?? (chosen ? `${chosen.fullName} (${chosen.code})` : code)}
        onFocus={({ target }) => target.select()}
        onChange={({ target }) => {
          setTyped(target.value);
          setActive(0);
        }}
        onBlur={() => setTyped(undefined)}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={t('field.communeCode')} hidden={!isOpen} className={styles.found}>
        {found.map((commune, index) => (
          <div
            key={commune.code}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            onPointerDown={(event) => {
              event.preventDefault();
              choose(commune);
            }}
            onPointerEnter={() => setActive(index)}
          >
            <span>{commune.fullName}</span>
            <span className={styles.code}>{commune.code}</span>
          </div>
        ))}
        {isOpen && found.length === 0 && <div className={styles.code}>{t('hint.communeNone')}</div>}
      </div>
    </div>
  );
}
