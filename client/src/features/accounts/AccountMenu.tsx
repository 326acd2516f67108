import type { Account } from '@diemnong/contracts';
import { Menu } from '@mantine/core';
import { IconDevices, IconDots, IconKey, IconPencil, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import type { AccountStep } from './AccountDialog.tsx';

type AccountMenuProps = {
  account: Account;
  /** Nobody locks themselves out by a slip: suspending is left to another administrator. */
  isOwn: boolean;
  onStep: (step: AccountStep) => void;
};

/** What can be done with one account; every step is explained before it is taken. */
export function AccountMenu({ account, isOwn, onStep }: AccountMenuProps) {
  const { t } = useTranslation('accounts');
  const suspension = account.isSuspended
    ? ({ kind: 'restore', Icon: IconUserCheck } as const)
    : ({ kind: 'suspend', Icon: IconUserOff } as const);
  const items = [
    { kind: 'edit', Icon: IconPencil } as const,
    { kind: 'sessions', Icon: IconDevices } as const,
    { kind: 'resetPassword', Icon: IconKey } as const,
    ...(isOwn ? [] : [suspension]),
  ];
  return (
    <Menu position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <IconButton label={t('menu', { name: account.username })}>
          <IconDots size="1.25em" aria-hidden />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ kind, Icon }) => (
          <Menu.Item
            key={kind}
            leftSection={<Icon size="1.125em" aria-hidden />}
            onClick={() => onStep({ kind, account })}
          >
            {t(`${kind}.open`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
