import type { Fraction, TargetState } from '@diemnong/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, type BadgeTone } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { GaugePicture } from './GaugePicture.tsx';
import type { TargetName } from './target-query.ts';
import styles from './targets.module.css';
import { useTargetWords } from './use-target-words.ts';

type GaugeCardProps = {
  name: TargetName;
  fraction: Fraction;
  /** Shown where there is nothing to divide. */
  none: string;
  controls?: ReactNode;
  /** What waits for a person. */
  waiting?: ReactNode;
  /** What the denominator holds. */
  children: ReactNode;
  onList: () => void;
};

const tones: Record<TargetState, BadgeTone> = { met: 'ok', 'at-risk': 'warn', missed: 'danger', 'no-data': 'plain' };

/** One target: the gauge, the fraction written out, its interval and state, what is still needed, and the way to its list. */
export function GaugeCard({ name, fraction, none, controls, waiting, children, onList }: GaugeCardProps) {
  const { t } = useTranslation('targets');
  const { number, share, verdict } = useTargetWords();
  const { numerator, denominator, low, high, target, state } = fraction;
  const title = t(`${name}.title`);
  return (
    <section
      className={styles.card}
      aria-labelledby={`target-${name}`}
      data-testid={`gauge-${name}`}
      data-state={state}
    >
      <div className={styles.cardHead}>
        <h2 id={`target-${name}`}>{title}</h2>
        {controls}
      </div>
      <div className={styles.cardBody}>
        <GaugePicture fraction={fraction} name={title} />
        <div className={styles.words}>
          <p className={styles.fraction} data-testid={`fraction-${name}`}>
            {t('of', { numerator: number(numerator), denominator: number(denominator) })}
          </p>
          {low !== null && high !== null && (
            <p className={styles.quiet}>{t('interval', { low: share(low, 0), high: share(high, 0) })}</p>
          )}
          <p className={styles.state} title={t(`stateWhy.${state}`)}>
            <Badge tone={tones[state]} label={t(`state.${state}`, { target: share(target) })} />
          </p>
          <p>{state === 'no-data' ? none : verdict(name, fraction)}</p>
          {waiting}
        </div>
      </div>
      <div className={styles.cardFoot}>
        <div className={styles.holds}>{children}</div>
        {denominator > 0 && (
          <Button className={styles.onScreen} onClick={onList}>
            {t(`${name}.see`, { n: number(denominator) })}
          </Button>
        )}
      </div>
    </section>
  );
}
