import type { Permission } from '@diemnong/contracts';

/** The pages of Xu hướng, in the order of their tabs. `label` is a key of trends.json, `tab`. */
export const trendTabs = [
  { path: '/xu-huong/dien-bien', label: 'course', permission: 'map' },
  { path: '/xu-huong/nhom', label: 'groups', permission: 'analysis' },
  { path: '/xu-huong/xa-phuong', label: 'communes', permission: 'analysis' },
  { path: '/xu-huong/gio-thu', label: 'rhythm', permission: 'analysis' },
  { path: '/xu-huong/tap-trung', label: 'concentration', permission: 'analysis' },
  { path: '/xu-huong/canh-bao', label: 'alerts', permission: 'analysis' },
  { path: '/xu-huong/bao-cao', label: 'reporting', permission: 'analysis' },
] as const satisfies readonly { path: string; label: string; permission: Permission }[];
