import type { Permission } from '@diemnong/contracts';

/** The pages of Địa bàn, in the order of their tabs. `label` is a key of areas.json, `tab`. */
export const areaTabs = [
  { path: '/dia-ban/bang', label: 'board', permission: 'analysis' },
  { path: '/dia-ban/danh-sach', label: 'list', permission: 'analysis' },
  { path: '/dia-ban/cho-duyet', label: 'pending', permission: 'analysis' },
  { path: '/dia-ban/xem-xet', label: 'tasks', permission: 'analysis' },
  { path: '/dia-ban/de-xuat', label: 'candidates', permission: 'analysis' },
  { path: '/dia-ban/nhap', label: 'import', permission: 'planning' },
] as const satisfies readonly { path: string; label: string; permission: Permission }[];
