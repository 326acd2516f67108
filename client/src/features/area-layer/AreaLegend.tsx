import { areaTypes } from '@diemnong/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay, formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { useView } from '../../state/use-view.ts';
import { PointSign, StatusSign, TypeSign } from './AreaSigns.tsx';
import { statusesOf } from './area-groups.ts';
import styles from './area-layer.module.css';
import { placedShapes } from './area-places.ts';
import { useThinnedAreas } from './use-area-layer.ts';
import { useAreaDay, useAreaShapes } from './use-area-shapes.ts';
import { useShownCamera } from './use-shown-camera.ts';

type AreaLegendProps = { isDark: boolean };

/** What outlines, signs and hatchings of the areas mean, how many of each are drawn, and how many cannot be. */
export function AreaLegend({ isDark }: AreaLegendProps) {
  const { t } = useTranslation(['area-layer', 'areas']);
  const language = useLanguage();
  const { areaGroup, areaTypes: onlyTypes } = useView();
  const asOf = useAreaDay();
  const { data, shapes, error, isPrevious } = useAreaShapes(true);
  const number = (value: number) => formatNumber(value, language);
  const { points, covered } = useThinnedAreas(
    useMemo(() => placedShapes(shapes), [shapes]),
    useShownCamera(),
  );
  if (data === undefined) return error ? <p className={styles.legend}>{t('legend.failed')}</p> : null;
  const rows = statusesOf(areaGroup ?? 'open')
    .map((status) => ({ status, count: shapes.filter(({ properties }) => properties.status === status).length }))
    .filter(({ count }) => count > 0);

  return (
    <details className={styles.legend} open data-testid="area-legend" aria-busy={isPrevious}>
      <summary>
        <strong>{t('legend.title', { value: number(shapes.length) })}</strong>
        <span className={styles.day}>
          {asOf === undefined ? t('legend.today') : t('legend.asOf', { day: formatDay(asOf) })}
        </span>
      </summary>
      {rows.length === 0 ? (
        <p className={styles.note}>
          {t(data.features.length + data.undrawn === 0 ? 'legend.none' : 'legend.filtered')}
        </p>
      ) : (
        <ul className={styles.rows}>
          {rows.map(({ status, count }) => (
            <li key={status}>
              {points.length > 0 && <PointSign status={status} isDark={isDark} />}
              <StatusSign status={status} isDark={isDark} />
              <span>{t(`areas:status.${status}`)}</span>
              <strong data-testid={`area-legend-${status}`}>{number(count)}</strong>
            </li>
          ))}
        </ul>
      )}
      <ul className={styles.types}>
        {areaTypes
          .filter((type) => onlyTypes === undefined || onlyTypes.includes(type))
          .map((type) => (
            <li key={type} title={t(`areas:type.${type}`)}>
              <TypeSign type={type} />
              <span>
                {t(`areas:typeShort.${type}`)}{' '}
                <strong data-testid={`area-legend-type-${type}`}>
                  {number(shapes.filter(({ properties }) => properties.types.includes(type)).length)}
                </strong>
              </span>
            </li>
          ))}
      </ul>
      {points.length > 0 && (
        <p className={styles.note} data-testid="area-legend-points">
          {t('legend.points', { count: points.length, value: number(points.length) })}{' '}
          {covered.length > 0 && t('legend.covered', { count: covered.length, value: number(covered.length) })}
        </p>
      )}
      {data.undrawn > 0 && (
        <p className={styles.note} data-testid="area-legend-undrawn">
          {t('legend.undrawn', { count: data.undrawn, value: number(data.undrawn) })}
        </p>
      )}
    </details>
  );
}
