import { PathLayer } from '@deck.gl/layers';
import type { Path } from './place-outline.ts';

/** What is selected or pinned: a dark line with a light edge, seen on every colour. */
export function selectionLayers(paths: readonly Path[], isDark: boolean) {
  const shared = {
    data: paths as Path[],
    getPath: (path: Path) => path as never,
    widthUnits: 'pixels' as const,
    capRounded: true,
    jointRounded: true,
    pickable: false,
  };
  const [line, edge] = isDark
    ? [
        [255, 255, 255],
        [8, 12, 20],
      ]
    : [
        [16, 24, 42],
        [255, 255, 255],
      ];
  return [
    new PathLayer<Path>({
      ...shared,
      id: 'selection-halo',
      getWidth: 6,
      getColor: edge as [number, number, number],
      opacity: 0.9,
    }),
    new PathLayer<Path>({ ...shared, id: 'selection', getWidth: 2.75, getColor: line as [number, number, number] }),
  ];
}
