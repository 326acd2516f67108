import { Menu } from '@mantine/core';
import { IconChevronDown, IconLogout, IconShieldCheck, IconUserCircle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { keepView } from '../../state/use-view.ts';
import styles from './account-menu.module.css';
import { useSession } from './session-context.ts';
import { useAccountWords } from './use-account-words.ts';
import { useSignOut } from './use-session-actions.ts';

type AccountMenuProps = { className: string };

/** Who is at the screen, as what, and how far they see; the ways to the own account and out. */
export function AccountMenu({ className }: AccountMenuProps) {
  const { t } = useTranslation('session');
  const { user } = useSession();
  const { roleName, reach } = useAccountWords();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const scope = user.communeName ?? reach(user);

  return (
    <Menu position="bottom-end" offset={12} shadow="md" withinPortal>
      <Menu.Target>
        <button
          type="button"
          className={`${className} ${styles.button}`}
          aria-label={`${t('menu.label')}: ${user.displayName}`}
        >
          <IconUserCircle size="1.25em" stroke={1.75} aria-hidden />
          <span className={styles.name}>{user.displayName}</span>
          <IconChevronDown size="0.875em" aria-hidden className={styles.chevron} />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu ?? ''}>
        <div className={styles.who} data-testid="who">
          <strong>{user.displayName}</strong>
          <span>
            {roleName(user.role)} · {scope}
          </span>
          <span>{user.username}</span>
        </div>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconUserCircle size="1.125em" aria-hidden />}
          onClick={() => void navigate({ to: '/tai-khoan', search: keepView })}
        >
          {t('menu.account')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconShieldCheck size="1.125em" aria-hidden />}
          onClick={() => void navigate({ to: '/quyen', search: keepView })}
        >
          {t('menu.roles')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size="1.125em" aria-hidden />} onClick={() => signOut.mutate()}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
