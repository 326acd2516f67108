import { lazy, type ReactNode, Suspense } from 'react';
import { ProvinceCard } from '../features/communes/ProvinceCard.tsx';
import { HotspotQuestion } from '../features/hotspots/HotspotQuestion.tsx';
import { sizeOfCell } from '../features/hotspots/statistic-sizes.ts';
import { StoryCard } from '../features/stories/StoryCard.tsx';
import { useUpdateView, useView } from '../state/use-view.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import styles from './map-screen.module.css';
import { useMapPicture } from './use-map-picture.ts';

// Comes with the charts and H3, which the first picture does not wait for.
const WhyHotspot = lazy(async () => ({ default: (await import('../features/hotspots/WhyHotspot.tsx')).WhyHotspot }));
const AreasHere = lazy(async () => ({ default: (await import('../features/area-layer/AreasHere.tsx')).AreasHere }));
const SelectedArea = lazy(async () => ({
  default: (await import('../features/area-layer/SelectedArea.tsx')).SelectedArea,
}));

/** The detail panel: what is pinned, what is selected; the province when nothing is. */
export function PlacePanel() {
  const { selected, pinned, present, area } = useView();
  const updateView = useUpdateView();
  const { hotspotStyle, score, canAnalyse } = useMapPicture();
  const hasOther = pinned !== undefined && selected !== undefined && selected !== pinned;
  const hasArea = area !== undefined && canAnalyse;
  const isEmpty = selected === undefined && pinned === undefined && !hasArea;
  if (present && isEmpty) return null;

  /** What other features tell of a place: why it is a hot spot, while one of those layers is on, else the way there; its areas. */
  const whyOf = (place: string): ReactNode => (
    <>
      {hotspotOf(place)}
      {canAnalyse && (
        <Suspense fallback={<Skeleton lines={2} />}>
          <AreasHere place={place} />
        </Suspense>
      )}
    </>
  );
  const hotspotOf = (place: string): ReactNode => {
    const [kind, cell = ''] = place.split(':');
    const size = kind === 'hex' ? sizeOfCell(cell) : undefined;
    if (size === undefined || !canAnalyse) return null;
    if (!hotspotStyle) return <HotspotQuestion size={size} />;
    return (
      <Suspense fallback={<Skeleton lines={5} />}>
        <WhyHotspot cell={cell} score={score} />
      </Suspense>
    );
  };
  return (
    <aside className={styles.panel} data-testid="place-panel">
      {hasArea && (
        <Suspense fallback={<Skeleton lines={4} />}>
          <SelectedArea id={area} onClose={() => updateView({ area: undefined })} />
        </Suspense>
      )}
      {pinned && (
        <StoryCard
          place={pinned}
          isPinned
          isBrief={hasOther}
          why={whyOf(pinned)}
          onPin={() => updateView({ pinned: undefined, selected: selected ?? pinned })}
          onClose={() => updateView({ pinned: undefined, ...(selected === pinned ? { selected: undefined } : {}) })}
        />
      )}
      {selected && selected !== pinned && (
        <StoryCard
          place={selected}
          isPinned={false}
          why={whyOf(selected)}
          onPin={() => updateView({ pinned: selected })}
          onClose={() => updateView({ selected: undefined })}
        />
      )}
      {isEmpty && <ProvinceCard onChoose={(code) => updateView({ selected: `commune:${code}` })} />}
    </aside>
  );
}
