import { emergingGroups, type HotspotsResponse } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatMonth, formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { useUpdateView } from '../../state/use-view.ts';
import type { ScoreName } from '../../state/view-search.ts';
import { HexagonSign } from './HexagonSign.tsx';
import { aboutText, clusteringOf, pText, ruleVersion } from './hotspot-words.ts';
import styles from './hotspots.module.css';
import type { HotspotStyle } from './hotspots-layer.ts';
import { groupColor, levelColor, levelPercents, type Side } from './hotspots-scale.ts';

type HotspotLegendProps = {
  hotspots: HotspotsResponse;
  style: HotspotStyle;
  score: ScoreName;
  hasCold: boolean;
  isDark: boolean;
};

/** What the colours of hot spots mean, how many cells each has, and what the statistic rests on. */
export function HotspotLegend({ hotspots, style, score, hasCold, isDark }: HotspotLegendProps) {
  const { t } = useTranslation(['hotspots', 'legend']);
  const language = useLanguage();
  const { moran, significant, steps, groups } = hotspots;
  const say = (value: number) => formatNumber(value, language);
  const last = steps.at(-1);

  return (
    <section className={styles.legend} aria-label={t('legend:label')} data-testid="legend">
      <div className={styles.head}>
        <h2>{t(`legend.${style}`)}</h2>
        <span className={styles.score}>{t(`legend.score.${score}`)}</span>
      </div>
      {style === 'hotspot' ? (
        <Levels significant={significant} isDark={isDark} />
      ) : (
        groups && <Groups groups={groups} hasCold={hasCold} isDark={isDark} />
      )}
      <div className={styles.facts}>
        <p>
          {t('legend.statistic', {
            counted: say(hotspots.counted),
            cells: say(hotspots.gridCells),
            res: hotspots.res,
          })}{' '}
          {t(`legend.moran.${clusteringOf(moran)}`, {
            i: aboutText(moran?.i ?? 0, language),
            p: pText(moran?.p ?? 1, language),
          })}
        </p>
        {style === 'hotspot' ? (
          <p data-testid="legend-without-fdr">
            {t('legend.withoutFdr', { hot: say(significant.withoutFdr.hot), cold: say(significant.withoutFdr.cold) })}
          </p>
        ) : (
          groups &&
          last && (
            <p>
              {t('legend.steps', { count: steps.length, month: formatMonth(last.from) })}{' '}
              {/* Measured: docs/hotspots.md, last table. */}
              {t('legend.byChance')}
            </p>
          )
        )}
        <p className={styles.rule} title={hotspots.rule}>
          {t('legend.rule', { rule: ruleVersion(hotspots.rule) })}
        </p>
      </div>
    </section>
  );
}

type LevelsProps = { significant: HotspotsResponse['significant']; isDark: boolean };

/** Three cold and three hot steps, the weakest of both in the middle. */
function Levels({ significant, isDark }: LevelsProps) {
  const { t } = useTranslation('hotspots');
  const language = useLanguage();
  const steps = ([-3, -2, -1, 1, 2, 3] as const).map((significance) => {
    const side: Side = significance > 0 ? 'hot' : 'cold';
    const percent = levelPercents[Math.abs(significance) - 1] ?? 99;
    return { significance, side, percent, cells: significant[side][`p${percent}`] };
  });
  return (
    <>
      <div className={styles.ends} aria-hidden>
        <span>← {t('legend.coldEnd')}</span>
        <span>{t('legend.hotEnd')} →</span>
      </div>
      <ol className={styles.levels}>
        {steps.map(({ significance, side, percent, cells }) => (
          <li key={significance} data-side={side}>
            <span className="visually-hidden">
              {t(side === 'hot' ? 'legend.stepHot' : 'legend.stepCold', {
                percent,
                value: formatNumber(cells, language),
              })}
            </span>
            <svg className={styles.swatch} aria-hidden>
              <rect width="100%" height="100%" fill={levelColor(significance, isDark)} />
            </svg>
            <span aria-hidden>{percent}%</span>
            <strong aria-hidden data-testid={`legend-${side}-${percent}`}>
              {formatNumber(cells, language)}
            </strong>
          </li>
        ))}
      </ol>
      {steps.every(({ cells }) => cells === 0) && <p className={styles.none}>{t('legend.none')}</p>}
    </>
  );
}

type GroupsProps = { groups: NonNullable<HotspotsResponse['groups']>; hasCold: boolean; isDark: boolean };

/** The five groups with their sign and number of cells; cold ones when they are drawn. */
function Groups({ groups, hasCold, isDark }: GroupsProps) {
  const { t } = useTranslation('hotspots');
  const language = useLanguage();
  const updateView = useUpdateView();
  const sides: Side[] = hasCold ? ['hot', 'cold'] : ['hot'];
  return (
    <>
      <table className={styles.groups} data-testid="legend-groups">
        <thead className={hasCold ? undefined : 'visually-hidden'}>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('legend.group')}</span>
            </th>
            {sides.map((side) => (
              <th key={side} scope="col">
                {t(`legend.${side}Cells`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {emergingGroups.map((group) => (
            <tr key={group}>
              <th scope="row">{t(`group.${group}`)}</th>
              {sides.map((side) => (
                <td key={side}>
                  <HexagonSign color={groupColor(group, side, isDark)} side={side} group={group} />
                  <strong data-testid={`legend-${group}-${side}`}>{formatNumber(groups[group][side], language)}</strong>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {emergingGroups.every((group) => sides.every((side) => groups[group][side] === 0)) && (
        <p className={styles.none}>{t('legend.noGroup')}</p>
      )}
      <label className={styles.toggle}>
        <input
          type="checkbox"
          checked={hasCold}
          onChange={() => updateView({ cold: hasCold ? undefined : '1' }, { replace: true })}
        />
        {t('legend.showCold')}
      </label>
    </>
  );
}
