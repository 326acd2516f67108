import { IconDownload, IconMap2, type TablerIcon } from '@tabler/icons-react';

/** The panels of the side bar, in the order of the number keys. `label` is a key of shell.json. */
export const panels: readonly { path: '/' | '/nhap-lieu'; label: 'map' | 'imports'; Icon: TablerIcon }[] = [
  { path: '/', label: 'map', Icon: IconMap2 },
  { path: '/nhap-lieu', label: 'imports', Icon: IconDownload },
];
