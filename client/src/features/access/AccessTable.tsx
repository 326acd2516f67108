import { can, type Permission, permissions, type Role, roles } from '@diemnong/contracts';
import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import table from '../../ui/table.module.css';
import styles from './access.module.css';

type AccessTableProps = { own: Role | undefined };

/** Rights × roles, made from the table that the server itself goes by: it cannot say anything else. */
export function AccessTable({ own }: AccessTableProps) {
  const { t } = useTranslation('access');
  return (
    <ScrollRegion className={table.frame} label={t('tableTitle')}>
      <table className={`${table.table} ${styles.table}`}>
        <thead>
          <tr>
            <th scope="col">{t('right')}</th>
            {roles.map((role) => (
              <th key={role} scope="col" data-own={role === own || undefined}>
                {t(`roles.${role}.name`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(Object.keys(permissions) as Permission[]).map((permission) => (
            <tr key={permission}>
              <th scope="row">
                {t(`permissions.${permission}.name`)}
                <span className={table.under}>{t(`permissions.${permission}.text`)}</span>
              </th>
              {roles.map((role) => (
                <td key={role} data-own={role === own || undefined} data-yes={can(role, permission) || undefined}>
                  {can(role, permission) ? (
                    <IconCheck size="1.25em" stroke={2.5} aria-hidden />
                  ) : (
                    <IconMinus size="1em" aria-hidden />
                  )}
                  <span className="visually-hidden">{t(can(role, permission) ? 'yes' : 'no')}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
