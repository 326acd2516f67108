import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { addDays } from '../../state/days.ts';
import { useView } from '../../state/use-view.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useFilters } from '../filters/use-filters.ts';
import { useMeta } from '../meta/use-meta.ts';
import { useShownCounts } from '../meta/use-shown-counts.ts';
import { ChangeWords } from '../stories/ChangeWords.tsx';
import styles from '../stories/story.module.css';
import { useCommuneCounts } from './use-commune-counts.ts';
import { useCommunes } from './use-communes.ts';

type ProvinceCardProps = { onChoose: (code: string) => void };

const listed = 6;

/** When nothing is selected: the whole province in the period, its busiest communes, and how to begin. */
export function ProvinceCard({ onChoose }: ProvinceCardProps) {
  const { t } = useTranslation('province');
  const language = useLanguage();
  const { set } = useView();
  const { data: meta } = useMeta();
  const filters = useFilters();
  const { isShared, show, note } = useShownCounts();
  const { data: communes } = useCommunes(set);
  const { data: picture } = useCommuneCounts(filters ? { filters, boundarySet: isShared ? undefined : set } : null);
  // Of the numbers below, which may be the last good ones of another period.
  const period = picture?.counts ?? filters;
  const nameOf = new Map(communes?.features.map(({ properties }) => [properties.code, properties.fullName]));
  const busiest = [...(picture?.counts.communes ?? [])]
    .filter(({ count }) => count !== null)
    .sort((a, b) => (b.count ?? 0) - (a.count ?? 0))
    .slice(0, listed);
  const province = meta?.provinces.map(({ nameVi, nameEn }) => (language === 'vi' ? nameVi : nameEn)).join(', ');

  // A commune's own account sees one commune: then that is what is told of.
  const only = communes?.features.length === 1 ? communes.features[0]?.properties.fullName : undefined;

  return (
    <article className={styles.card}>
      <header>
        <h2 className={styles.name}>{only ?? province}</h2>
        {period && (
          <p className={styles.facts}>
            {only ? province : t('communes', { count: communes?.features.length ?? 0 })} · {formatDay(period.from)} –{' '}
            {formatDay(addDays(period.to, -1))}
          </p>
        )}
      </header>
      {picture === undefined ? (
        <Skeleton lines={8} />
      ) : (
        <>
          <p className={styles.count}>
            {show(picture.counts.total)} <small>{t('incidents', { count: picture.counts.total ?? 0 })}</small>
          </p>
          {note && <p className={styles.against}>{note}</p>}
          {picture.counts.total !== 0 && (
            <section>
              <h3>{t('busiest')}</h3>
              <ol className={styles.rows}>
                {busiest.map((commune) => (
                  <li key={commune.code}>
                    <button type="button" className={styles.row} onClick={() => onChoose(commune.code)}>
                      <span>{nameOf.get(commune.code) ?? commune.code}</span>
                      <strong>{show(commune.count)}</strong>
                      <ChangeWords story={commune} isLine />
                    </button>
                  </li>
                ))}
              </ol>
            </section>
          )}
        </>
      )}
      <section>
        <h3>{t('begin')}</h3>
        <ul className={styles.leftOut}>
          <li>{t('beginClick')}</li>
          <li>{t('beginTime')}</li>
          <li>{t('beginHelp')}</li>
        </ul>
      </section>
    </article>
  );
}
