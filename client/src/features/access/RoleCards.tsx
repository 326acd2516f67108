import { can, type Permission, permissions, type Role, roles } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { Badge } from '../../ui/Badge.tsx';
import styles from './access.module.css';

type RoleCardsProps = { own: Role | undefined };

/** Each role in words: how far it reaches, what it sees, what it does. */
export function RoleCards({ own }: RoleCardsProps) {
  const { t } = useTranslation('access');
  const names = Object.keys(permissions) as Permission[];
  return (
    <ul className={styles.cards}>
      {roles.map((role) => (
        <li key={role} data-own={role === own || undefined}>
          <h2>
            {t(`roles.${role}.name`)} {role === own && <Badge tone="ok" label={t('yours')} />}
          </h2>
          <dl>
            <dt>{t('reach')}</dt>
            <dd>{t(`roles.${role}.reachAny`)}</dd>
            <dt>{t('sees')}</dt>
            <dd>{t(`roles.${role}.sees`)}</dd>
            <dt>{t('does')}</dt>
            <dd>
              {names
                .filter((permission) => can(role, permission))
                .map((permission) => t(`permissions.${permission}.name`))
                .join('; ')}
            </dd>
          </dl>
        </li>
      ))}
    </ul>
  );
}
