import type { ReactNode } from 'react';
import styles from './ui.module.css';

type StateNoticeProps = {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  tone?: 'plain' | 'warn' | 'danger' | 'ok';
};

/** A state told on purpose: empty, failed, nothing found. Says what is, then what can be done. */
export function StateNotice({ title, children, actions, tone = 'plain' }: StateNoticeProps) {
  return (
    <section className={styles.notice} data-tone={tone} role={tone === 'danger' ? 'alert' : 'status'}>
      <h2>{title}</h2>
      {children && <div className={styles.noticeText}>{children}</div>}
      {actions && <div className={styles.noticeActions}>{actions}</div>}
    </section>
  );
}
