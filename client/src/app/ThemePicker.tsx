import { Menu } from '@mantine/core';
import { IconCheck, IconMoon, IconPresentation, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { themes, useTheme } from '../state/theme.ts';
import { IconButton } from '../ui/IconButton.tsx';

const icons = { light: IconSun, dark: IconMoon, projector: IconPresentation };

/** Light, dark, projector. */
export function ThemePicker() {
  const { t } = useTranslation('shell');
  const { theme, setTheme } = useTheme();
  const Current = icons[theme];
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <IconButton label={t('theme.label')}>
          <Current size="1.25em" stroke={1.75} aria-hidden />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {themes.map((name) => {
          const Icon = icons[name];
          return (
            <Menu.Item
              key={name}
              leftSection={<Icon size="1.125em" aria-hidden />}
              rightSection={name === theme ? <IconCheck size="1em" aria-hidden /> : null}
              aria-current={name === theme || undefined}
              onClick={() => setTheme(name)}
            >
              {t(`theme.${name}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
