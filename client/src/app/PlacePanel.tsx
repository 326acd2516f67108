import { ProvinceCard } from '../features/communes/ProvinceCard.tsx';
import { StoryCard } from '../features/stories/StoryCard.tsx';
import { useUpdateView, useView } from '../state/use-view.ts';
import styles from './map-screen.module.css';

/** The detail panel: what is pinned, what is selected; the province when nothing is. */
export function PlacePanel() {
  const { selected, pinned, present } = useView();
  const updateView = useUpdateView();
  const hasOther = pinned !== undefined && selected !== undefined && selected !== pinned;
  const isEmpty = selected === undefined && pinned === undefined;
  if (present && isEmpty) return null;
  return (
    <aside className={styles.panel} data-testid="place-panel">
      {pinned && (
        <StoryCard
          place={pinned}
          isPinned
          isBrief={hasOther}
          onPin={() => updateView({ pinned: undefined, selected: selected ?? pinned })}
          onClose={() => updateView({ pinned: undefined, ...(selected === pinned ? { selected: undefined } : {}) })}
        />
      )}
      {selected && selected !== pinned && (
        <StoryCard
          place={selected}
          isPinned={false}
          onPin={() => updateView({ pinned: selected })}
          onClose={() => updateView({ selected: undefined })}
        />
      )}
      {isEmpty && <ProvinceCard onChoose={(code) => updateView({ selected: `commune:${code}` })} />}
    </aside>
  );
}
