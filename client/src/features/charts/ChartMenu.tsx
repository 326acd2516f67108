import { Menu } from '@mantine/core';
import {
  IconCopy,
  IconDownload,
  IconFileTypeCsv,
  IconFileTypePng,
  IconFileTypeSvg,
  IconFileTypeXls,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import type { ChartFile } from './use-chart-files.ts';

type ChartMenuProps = { title: string; onTake: (file: ChartFile) => void };

const items: readonly { file: ChartFile; icon: ReactNode }[] = [
  { file: 'copy', icon: <IconCopy size="1.125em" aria-hidden /> },
  { file: 'png', icon: <IconFileTypePng size="1.125em" aria-hidden /> },
  { file: 'svg', icon: <IconFileTypeSvg size="1.125em" aria-hidden /> },
  { file: 'csv', icon: <IconFileTypeCsv size="1.125em" aria-hidden /> },
  { file: 'xlsx', icon: <IconFileTypeXls size="1.125em" aria-hidden /> },
];

/** The ways to take a chart along. */
export function ChartMenu({ title, onTake }: ChartMenuProps) {
  const { t } = useTranslation('charts');
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <IconButton label={t('menu', { title })}>
          <IconDownload size="1.125em" aria-hidden />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ file, icon }) => (
          <Menu.Item key={file} leftSection={icon} onClick={() => onTake(file)}>
            {t(file)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
