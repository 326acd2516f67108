import type { AreaListAnswer } from '@diemnong/contracts';
import { Link } from '@tanstack/react-router';
import type { PropsWithChildren } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay, formatNumber } from '../../i18n/formats.ts';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { keepView } from '../../state/use-view.ts';
import { Badge, type BadgeTone } from '../../ui/Badge.tsx';
import page from '../../ui/page.module.css';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import table from '../../ui/table.module.css';
import { TypeBadges } from '../areas/TypeBadges.tsx';
import { type ListWork, listWorks, worksOf } from './list-works.ts';
import styles from './lists.module.css';

type ListReviewProps = PropsWithChildren<{ answer: AreaListAnswer }>;

const tones: Record<ListWork, BadgeTone> = { new: 'ok', carried: 'busy', known: 'plain' };

/** What a list would do, row by row: new, carried over, known already; and the rows that cannot be taken, with the reason. */
export function ListReview({ answer, children }: ListReviewProps) {
  const { t } = useTranslation(['area-lists', 'areas']);
  const language = useLanguage();
  const number = (value: number) => formatNumber(value, language);
  const works = worksOf(answer.rows);
  const columns = Object.entries(answer.columns);
  return (
    <section className={page.section} data-testid="list-review">
      <h2>{t('review.title', { year: String(answer.year), sheet: answer.sheet })}</h2>
      <ul className={styles.counts}>
        {listWorks.map((work) => (
          <li key={work}>
            <strong data-testid={`list-${work}`}>{number(works[work])}</strong> {t(`does.${work}`)}
          </li>
        ))}
        <li>
          <strong data-testid="list-rejected">{number(answer.rejected.length)}</strong> {t('does.rejected')}
        </li>
      </ul>
      <p className={page.quiet}>
        {t('review.columns')}{' '}
        {columns
          .map(([field, heading]) => `${t(`field.${field}`, field)}: ${heading ?? t('review.noColumn')}`)
          .join(' · ')}
      </p>
      {answer.rejected.length > 0 && (
        <ScrollRegion className={`${table.frame} ${styles.frame}`} label={t('rejected.title')}>
          <table className={table.table} data-testid="list-rejected-rows">
            <caption className={styles.caption}>{t('rejected.title')}</caption>
            <thead>
              <tr>
                <th scope="col" className={table.numeric}>
                  {t('column.row')}
                </th>
                <th scope="col">{t('column.field')}</th>
                <th scope="col">{t('column.got')}</th>
                <th scope="col">{t('column.reason')}</th>
                <th scope="col">{t('column.suggestion')}</th>
              </tr>
            </thead>
            <tbody>
              {answer.rejected.map((row) => (
                <tr key={`${row.row} ${row.field}`}>
                  <th scope="row" className={table.numeric}>
                    {number(row.row)}
                  </th>
                  <td>{t(`field.${row.field}`, row.field)}</td>
                  <td className={styles.wrong}>{row.got === '' ? t('rejected.empty') : row.got}</td>
                  <td>{saidIn(row.reason, language)}</td>
                  <td>{row.suggestion ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {answer.rows.length > 0 && (
        <ScrollRegion className={`${table.frame} ${styles.frame}`} label={t('review.rows')}>
          <table className={table.table} data-testid="list-rows">
            <thead>
              <tr>
                <th scope="col" className={table.numeric}>
                  {t('column.row')}
                </th>
                <th scope="col">{t('field.name')}</th>
                <th scope="col">{t('field.commune')}</th>
                <th scope="col">{t('field.types')}</th>
                <th scope="col">{t('field.level')}</th>
                <th scope="col">{t('field.decisionNumber')}</th>
                <th scope="col">{t('column.does')}</th>
              </tr>
            </thead>
            <tbody>
              {answer.rows.map((row) => (
                <tr key={row.row}>
                  <td className={table.numeric}>{number(row.row)}</td>
                  <th scope="row">
                    {row.areaId === null ? (
                      row.name
                    ) : (
                      <Link to="/dia-ban/$id" params={{ id: row.areaId }} search={keepView}>
                        {row.name}
                      </Link>
                    )}
                  </th>
                  <td>{row.communeName}</td>
                  <td>
                    <TypeBadges types={row.types} />
                    {row.keepsTypes !== null && (
                      <span className={table.under} data-testid="keeps-types">
                        {t('keepsTypes')} <TypeBadges types={row.keepsTypes} />
                      </span>
                    )}
                  </td>
                  <td>{t(`areas:level.${row.level}`)}</td>
                  <td>
                    {row.decisionNumber ?? '–'}
                    <span className={table.under}>
                      {row.decisionDate ? formatDay(row.decisionDate) : row.does !== 'known' && t('noDay')}
                    </span>
                  </td>
                  <td>
                    <Badge tone={tones[row.does]} label={t(`does.${isAgain(row) ? 'again' : row.does}`)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {children}
    </section>
  );
}

/** One that relapsed, or that is known from an earlier year: it is listed, but not new. */
function isAgain({ does, areaId }: AreaListAnswer['rows'][number]): boolean {
  return does === 'new' && areaId !== null;
}
