import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/use-language.ts';
import { useUpdateView, useView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { useMeta } from '../meta/use-meta.ts';
import { useShownCounts } from '../meta/use-shown-counts.ts';
import { type Tick, tickOf, toggleCategory } from './category-choice.ts';
import styles from './filters.module.css';

/** Kinds of incident as a tree of two levels; a group stands for all that is in it. */
export function CategoryTree() {
  const { t } = useTranslation(['filters', 'hidden']);
  const language = useLanguage();
  const { data: meta } = useMeta();
  const { isShared } = useShownCounts();
  const { categories: chosen = [] } = useView();
  const updateView = useUpdateView();
  const nodes = meta?.categories ?? [];
  const groups = nodes.filter(({ parent }) => parent === null);
  const [open, setOpen] = useState<readonly string[]>(() =>
    groups.filter(({ code }) => tickOf(code, chosen, nodes) === 'some').map(({ code }) => code),
  );
  const nameOf = ({ nameVi, nameEn }: { nameVi: string; nameEn: string }) => (language === 'vi' ? nameVi : nameEn);
  const toggle = (code: string) => updateView({ categories: toggleCategory(code, chosen, nodes) });

  return (
    <div className={styles.treeBox}>
      <ul className={styles.tree}>
        {groups.map((group) => {
          const leaves = isShared ? [] : nodes.filter(({ parent }) => parent === group.code);
          const isOpen = open.includes(group.code);
          return (
            <li key={group.code}>
              <div className={styles.node}>
                <TickBox
                  tick={tickOf(group.code, chosen, nodes)}
                  label={nameOf(group)}
                  onToggle={() => toggle(group.code)}
                />
                {leaves.length > 0 && (
                  <button
                    type="button"
                    className={styles.fold}
                    aria-expanded={isOpen}
                    aria-label={t('unfold', { group: nameOf(group) })}
                    onClick={() => setOpen(isOpen ? open.filter((code) => code !== group.code) : [...open, group.code])}
                  >
                    {isOpen ? <IconChevronDown size="1em" aria-hidden /> : <IconChevronRight size="1em" aria-hidden />}
                  </button>
                )}
              </div>
              {isOpen && (
                <ul className={styles.leaves}>
                  {leaves.map((leaf) => (
                    <li key={leaf.code}>
                      <TickBox
                        tick={tickOf(leaf.code, chosen, nodes)}
                        label={nameOf(leaf)}
                        onToggle={() => toggle(leaf.code)}
                      />
                    </li>
                  ))}
                </ul>
              )}
            </li>
          );
        })}
      </ul>
      {isShared && <p className={styles.note}>{t('hidden:onlyGroups')}</p>}
      <Button disabled={chosen.length === 0} onClick={() => updateView({ categories: undefined })}>
        {t('allCategories')}
      </Button>
    </div>
  );
}

type TickBoxProps = { tick: Tick; label: string; onToggle: () => void };

function TickBox({ tick, label, onToggle }: TickBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.indeterminate = tick === 'some';
  }, [tick]);
  return (
    <label className={styles.tick}>
      <input ref={input} type="checkbox" checked={tick === 'all'} onChange={onToggle} />
      <span>{label}</span>
    </label>
  );
}
