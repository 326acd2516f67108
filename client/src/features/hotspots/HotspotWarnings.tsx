import { IconAlertTriangle, IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { useMapEngine } from '../../map/map-context.ts';
import { useUpdateView } from '../../state/use-view.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useCommunes } from '../communes/use-communes.ts';
import type { StackedWarning } from './hotspot-words.ts';
import styles from './hotspots.module.css';

/** `refused`: a link asked for these layers, and the account has none. */
type Said = StackedWarning | { kind: 'refused' };

type HotspotWarningsProps = { warnings: readonly Said[] };

/** As many places as the server names at most. */
const namedPlaces = 50;
const namedCommunes = 3;
/** Half the side of the box that is flown to, in degrees: some 300 m. */
const closeDegrees = 0.003;

/**
 * What must be known before the picture is believed, on the map itself: a sentence each, folded to its name at most, never gone.
 * On small screens all but the weightiest begin folded.
 */
export function HotspotWarnings({ warnings }: HotspotWarningsProps) {
  const { t } = useTranslation('hotspots');
  const sentenceOf = useSentences();
  const [isSmall] = useState(() => window.matchMedia('(max-width: 72rem)').matches);
  const [chosen, setChosen] = useState<Partial<Record<Said['kind'], boolean>>>({});
  if (warnings.length === 0) return null;
  const isOpen = ({ kind }: Said, place: number) => chosen[kind] ?? (!isSmall || place === 0);
  const open = warnings.filter(isOpen);
  const folded = warnings.filter((warning, place) => !isOpen(warning, place));

  return (
    <section className={styles.warnings} aria-label={t('warnings.label')} data-testid="hotspot-warnings">
      {folded.length > 0 && (
        <ul className={styles.folded}>
          {folded.map((warning) => (
            <li key={warning.kind}>
              <button
                type="button"
                aria-expanded={false}
                title={sentenceOf(warning).text}
                data-warning={warning.kind}
                onClick={() => setChosen({ ...chosen, [warning.kind]: true })}
              >
                <IconAlertTriangle size="1em" aria-hidden /> {t(`warnings.name.${warning.kind}`)}
              </button>
            </li>
          ))}
        </ul>
      )}
      {open.length > 0 && (
        <ul className={styles.open}>
          {open.map((warning) => {
            const { text, action } = sentenceOf(warning);
            return (
              <li key={warning.kind} data-warning={warning.kind}>
                <IconAlertTriangle size="1.125em" aria-hidden />
                <p>
                  {text} {action}
                </p>
                <IconButton
                  className={styles.fold ?? ''}
                  label={t('warnings.fold', { name: t(`warnings.name.${warning.kind}`) })}
                  onClick={() => setChosen({ ...chosen, [warning.kind]: false })}
                >
                  <IconChevronDown size="1em" aria-hidden />
                </IconButton>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

/** A warning as a sentence with its numbers, and what can be done about it. */
function useSentences(): (warning: Said) => { text: string; action?: ReactNode } {
  const { t } = useTranslation('hotspots');
  const language = useLanguage();
  const engine = useMapEngine();
  const updateView = useUpdateView();
  // The statistic is told in the default boundary set.
  const { data: communes } = useCommunes(undefined);
  const say = (value: number) => formatNumber(value, language);
  const namesOf = (codes: readonly string[]) => {
    const names = codes
      .slice(0, namedCommunes)
      .map((code) => communes?.features.find(({ properties }) => properties.code === code)?.properties.fullName ?? code)
      .join(', ');
    const more = codes.length - namedCommunes;
    return more > 0 ? t('warnings.more', { names, count: more }) : names;
  };

  return (warning) => {
    switch (warning.kind) {
      case 'few-incidents':
        return { text: t('warnings.few-incidents', { counted: say(warning.counted), needed: say(warning.needed) }) };
      case 'unreported': {
        const value = say(warning.communeMonths);
        const { communes: silent } = warning;
        if (silent.length === 0) return { text: t('warnings.unreported', { value }) };
        return { text: t('warnings.unreportedOut', { value, count: silent.length, names: namesOf(silent) }) };
      }
      case 'no-population':
        return {
          text: t('warnings.no-population', { count: warning.communes.length, names: namesOf(warning.communes) }),
        };
      case 'raw-counts':
        return {
          text: t('warnings.raw-counts'),
          action: (
            <button type="button" className={styles.link} onClick={() => updateView({ score: 'per10k' })}>
              {t('warnings.toPer10k')}
            </button>
          ),
        };
      case 'pile-ups': {
        const [largest] = warning.places;
        const count = warning.places.length;
        return {
          text: t('warnings.pile-ups', {
            count,
            places: `${say(count)}${count >= namedPlaces ? '+' : ''}`,
            records: say(warning.records),
          }),
          action: largest && (
            <button
              type="button"
              className={styles.link}
              onClick={() =>
                engine?.flyTo([
                  largest.lng - closeDegrees,
                  largest.lat - closeDegrees,
                  largest.lng + closeDegrees,
                  largest.lat + closeDegrees,
                ])
              }
            >
              {t('warnings.toPlace', { value: say(largest.count) })}
            </button>
          ),
        };
      }
      case 'refused':
        return { text: t('warnings.refused') };
    }
  };
}
