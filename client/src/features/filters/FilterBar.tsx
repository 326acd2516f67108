import { Popover } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUpdateView, useView } from '../../state/use-view.ts';
import { Chip } from '../../ui/Chip.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { useShownCounts } from '../meta/use-shown-counts.ts';
import { CategoryTree } from './CategoryTree.tsx';
import styles from './filters.module.css';
import type { FilterName } from './filters.ts';
import { HoursPicker } from './HoursPicker.tsx';
import { useFilterWords } from './use-filter-words.ts';
import { WeekdaysPicker } from './WeekdaysPicker.tsx';

const allNames: readonly FilterName[] = ['categories', 'hours', 'weekdays'];
const sharedNames: readonly FilterName[] = ['categories'];
const editors = { categories: CategoryTree, hours: HoursPicker, weekdays: WeekdaysPicker };

/** Every filter that is on as a chip that can be changed or removed, and "+ lọc" for the others. */
export function FilterBar() {
  const { t } = useTranslation('filters');
  const view = useView();
  const updateView = useUpdateView();
  const wordsOf = useFilterWords();
  const [open, setOpen] = useState<FilterName | 'add' | null>(null);
  const [adding, setAdding] = useState<FilterName>('categories');
  const { isShared } = useShownCounts();
  const names = isShared ? sharedNames : allNames;

  const popover = (key: FilterName | 'add', target: React.ReactNode, edited: FilterName) => {
    const Editor = editors[edited];
    return (
      <Popover
        key={key}
        opened={open === key}
        onChange={(isOpen) => setOpen(isOpen ? key : null)}
        position="bottom-start"
        shadow="md"
        trapFocus
        withinPortal
      >
        <Popover.Target>{target}</Popover.Target>
        <Popover.Dropdown aria-label={t(`name.${edited}`)}>
          <div className={styles.editor}>
            {key === 'add' && names.length > 1 && (
              <Segmented<FilterName>
                label={t('which')}
                value={adding}
                options={names.map((name) => ({ value: name, label: t(`name.${name}`) }))}
                onChange={setAdding}
              />
            )}
            <Editor />
          </div>
        </Popover.Dropdown>
      </Popover>
    );
  };

  return (
    <>
      {names
        .filter((name) => view[name] !== undefined)
        .map((name) =>
          popover(
            name,
            <Chip
              isExpanded={open === name}
              onClick={() => setOpen(open === name ? null : name)}
              onRemove={() => updateView({ [name]: undefined })}
              removeLabel={t('remove', { filter: wordsOf(name) })}
            >
              {wordsOf(name)}
            </Chip>,
            name,
          ),
        )}
      {popover(
        'add',
        <Chip isExpanded={open === 'add'} onClick={() => setOpen(open === 'add' ? null : 'add')}>
          <IconPlus size="0.875em" aria-hidden /> {t('add')}
        </Chip>,
        adding,
      )}
    </>
  );
}
