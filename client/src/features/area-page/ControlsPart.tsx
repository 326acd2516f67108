import { formatFixed } from '@diemnong/charts';
import type { AreaEvidence } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import table from '../../ui/table.module.css';
import { useAreaWords } from '../areas/use-area-words.ts';
import { useCommunes } from '../communes/use-communes.ts';
import styles from './area-page.module.css';
import { RatioText } from './RatioText.tsx';

type ControlsPartProps = { controls: NonNullable<AreaEvidence['controls']> };

/** Places that were like it before: how they fared, how like they are; or why nothing is compared with them. */
export function ControlsPart({ controls }: ControlsPartProps) {
  const { t } = useTranslation('area-page');
  const { language, number } = useAreaWords();
  const { data } = useCommunes(undefined);
  const nameOf = (code: string) =>
    data?.features.find(({ properties }) => properties.code === code)?.properties.fullName ?? code;
  const balance = (['level', 'trend', 'density', 'mix'] as const)
    .map((name) => t(`controls.balance.${name}`, { value: formatFixed(controls.balance[name], language, 2) }))
    .join('; ');
  return (
    <div data-testid="controls">
      <h3>{t('controls.title')}</h3>
      {controls.isUsable ? (
        <p>
          {t('controls.ratio', { n: number(controls.areas.length) })}{' '}
          <RatioText ratio={controls.ratio} before={controls.before} />
        </p>
      ) : (
        <p className={styles.waiting}>
          {t('controls.refused')} {t(`controls.reason.${controls.reason ?? 'too-few'}`)}
        </p>
      )}
      <p className={styles.small}>{t('controls.balanceLine', { candidates: number(controls.candidates), balance })}</p>
      {controls.areas.length > 0 && (
        <details className={styles.fold}>
          <summary>{t('controls.show', { n: number(controls.areas.length) })}</summary>
          <ScrollRegion className={table.frame} label={t('controls.title')}>
            <table className={table.table}>
              <thead>
                <tr>
                  <th scope="col">{t('controls.cell')}</th>
                  <th scope="col">{t('controls.commune')}</th>
                  <th scope="col" className={table.numeric}>
                    {t('comparison.before')}
                  </th>
                  <th scope="col" className={table.numeric}>
                    {t('comparison.after')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {controls.areas.map((area) => (
                  <tr key={area.cell}>
                    <th scope="row">
                      <code>{area.cell}</code>
                    </th>
                    <td>{nameOf(area.commune)}</td>
                    <td className={table.numeric}>{number(area.before)}</td>
                    <td className={table.numeric}>{number(area.after)}</td>
                  </tr>
                ))}
                <tr>
                  <th scope="row" colSpan={2}>
                    {t('controls.all')}
                  </th>
                  <td className={table.numeric}>
                    <strong>{number(controls.before)}</strong>
                  </td>
                  <td className={table.numeric}>
                    <strong>{number(controls.after)}</strong>
                  </td>
                </tr>
              </tbody>
            </table>
          </ScrollRegion>
        </details>
      )}
    </div>
  );
}
