import { can, type Permission } from '@diemnong/contracts';
import {
  IconChartLine,
  IconDownload,
  IconHexagon,
  IconMap2,
  IconSettings,
  IconTargetArrow,
  type TablerIcon,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useSession } from '../features/session/session-context.ts';

export type Panel = {
  path: '/' | '/dia-ban' | '/xu-huong' | '/chi-tieu' | '/nhap-lieu' | '/quan-tri';
  /** Key of shell.json. */
  label: 'map' | 'areas' | 'trends' | 'targets' | 'imports' | 'administration';
  permission: Permission;
  Icon: TablerIcon;
};

const panels: readonly Panel[] = [
  { path: '/', label: 'map', permission: 'map', Icon: IconMap2 },
  { path: '/dia-ban', label: 'areas', permission: 'analysis', Icon: IconHexagon },
  { path: '/xu-huong', label: 'trends', permission: 'map', Icon: IconChartLine },
  { path: '/chi-tieu', label: 'targets', permission: 'analysis', Icon: IconTargetArrow },
  { path: '/nhap-lieu', label: 'imports', permission: 'imports', Icon: IconDownload },
  { path: '/quan-tri', label: 'administration', permission: 'accounts', Icon: IconSettings },
];

/** The panels this role may open, in the order of the side bar and of the number keys. */
export function usePanels(): readonly Panel[] {
  const { role } = useSession().user;
  return useMemo(() => panels.filter(({ permission }) => can(role, permission)), [role]);
}
