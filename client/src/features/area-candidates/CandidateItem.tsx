import type { AreaCandidate } from '@diemnong/contracts';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay, formatMoment, formatNumber, formatShare } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { keepView } from '../../state/use-view.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { TypeBadges } from '../areas/TypeBadges.tsx';
import { useSession } from '../session/session-context.ts';
import { changeOf, timesExpected } from './candidate-words.ts';
import styles from './candidates.module.css';
import { RefuseCandidate } from './RefuseCandidate.tsx';

type CandidateItemProps = {
  candidate: AreaCandidate;
  period: { from: string; to: string; res: number };
  isSelected: boolean;
  onSelect: () => void;
};

/** One suggestion: what was counted there, how sure, what it overlaps, and what a planner can do with it. */
export function CandidateItem({ candidate, period, isSelected, onSelect }: CandidateItemProps) {
  const { t } = useTranslation('area-candidates');
  const language = useLanguage();
  const { can } = useSession();
  const item = useRef<HTMLLIElement>(null);
  const [isRefusing, setRefusing] = useState(false);
  const { key, type, communes, count, expected, areaKm2, confidence, overlaps, decision, cells } = candidate;
  const number = (value: number, digits = 0) => formatNumber(value, language, digits);
  const change = changeOf(candidate);
  const times = timesExpected(candidate);
  useEffect(() => {
    if (isSelected) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);

  return (
    <li ref={item} className={styles.item} data-selected={isSelected || undefined} data-testid={`candidate-${key}`}>
      <div className={styles.itemHead}>
        <button type="button" className={styles.place} aria-pressed={isSelected} onClick={onSelect}>
          {communes.map(({ name }) => name).join(', ')}
        </button>
        <TypeBadges types={[type]} />
      </div>
      <p>
        <strong className={styles.count}>{number(count)}</strong> {t('records', { count })}{' '}
        <span className={styles.quiet}>
          {t('expected', { value: number(expected, 1) })}
          {times !== null && ` · ${t('times', { value: number(times, 1) })}`}
        </span>
      </p>
      <p className={styles.quiet}>
        {t('confidence', { percent: confidence })} · {number(areaKm2, 2)} km² ·{' '}
        {t('cells', { count: cells.length, value: number(cells.length) })}
      </p>
      <p className={styles.quiet}>
        {t(`change.${change.direction}`, { value: number(change.by), previous: number(candidate.previous) })}
        {change.percent !== null && change.direction !== 'same' && ` (${number(change.percent)}%)`}
      </p>
      {overlaps.length > 0 && (
        <p className={styles.quiet}>
          {t('overlaps')}{' '}
          {overlaps.map(({ id, name, share }, i) => (
            <span key={id}>
              {i > 0 && '; '}
              <Link to="/dia-ban/$id" params={{ id }} search={keepView}>
                {name}
              </Link>{' '}
              ({formatShare(share, language)})
            </span>
          ))}
        </p>
      )}
      {decision ? (
        <p data-testid="candidate-decision">
          <Badge tone={decision.decision === 'refused' ? 'plain' : 'ok'} label={t(`decision.${decision.decision}`)} />{' '}
          <span className={styles.quiet}>
            {decision.by}, {formatMoment(decision.at)}
            {decision.reason && ` · ${decision.reason}`}
          </span>{' '}
          {decision.areaId && (
            <Link to="/dia-ban/$id" params={{ id: decision.areaId }} search={keepView}>
              {t('openArea')}
            </Link>
          )}
        </p>
      ) : (
        can('planning') && (
          <div className={styles.actions}>
            <ButtonLink
              to="/dia-ban/moi"
              search={(before) => ({ ...keepView(before), cells, candidate: key, candidateType: type })}
            >
              {t('accept')}
            </ButtonLink>
            <Button onClick={() => setRefusing(true)}>{t('refuse')}</Button>
          </div>
        )
      )}
      {isRefusing && (
        <RefuseCandidate
          candidate={candidate}
          period={period}
          label={`${communes.map(({ name }) => name).join(', ')}, ${formatDay(period.from)}`}
          onClose={() => setRefusing(false)}
        />
      )}
    </li>
  );
}
