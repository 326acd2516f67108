import type { Layer } from '@deck.gl/core';
import { PathLayer, SolidPolygonLayer } from '@deck.gl/layers';
import type { AreaCandidate } from '@diemnong/contracts';
import { toRgb } from '../../ui/ramps.ts';

/** Colours of suggestions by their confidence: deeper = surer. The list says the percentage in words. */
const colors = {
  90: ['#c97a3a', '#c98b52'],
  95: ['#b5452c', '#ee9a6a'],
  99: ['#8a152b', '#ffc9a6'],
} as const satisfies Record<AreaCandidate['confidence'], readonly [string, string]>;

type CandidatesLayersProps = { candidates: readonly AreaCandidate[]; selected: string | undefined; isDark: boolean };

/** Suggested places: a faint face, an outline by confidence, thick for the one that is looked at, thin for those decided about. */
export function candidatesLayers({ candidates, selected, isDark }: CandidatesLayersProps): Layer[] {
  const parts = candidates.flatMap((candidate) =>
    candidate.geometry.coordinates.map((rings) => ({
      rings,
      color: toRgb(colors[candidate.confidence][isDark ? 1 : 0]),
      isSelected: candidate.key === selected,
      isDecided: candidate.decision !== null,
    })),
  );
  type Part = (typeof parts)[number];
  return [
    new SolidPolygonLayer<Part>({
      id: 'candidates-fill',
      data: parts,
      getPolygon: ({ rings }) => rings as never,
      getFillColor: ({ color, isSelected, isDecided }) => [...color, isSelected ? 110 : isDecided ? 20 : 60],
      pickable: false,
      updateTriggers: { getFillColor: [selected, isDark] },
    }),
    new PathLayer<Part>({
      id: 'candidates-outline',
      data: parts,
      getPath: ({ rings }) => (rings[0] ?? []) as never,
      getColor: ({ color }) => color,
      getWidth: ({ isSelected, isDecided }) => (isSelected ? 5 : isDecided ? 1 : 2.25),
      widthUnits: 'pixels',
      jointRounded: true,
      pickable: false,
      updateTriggers: { getColor: isDark, getWidth: selected },
    }),
  ];
}
