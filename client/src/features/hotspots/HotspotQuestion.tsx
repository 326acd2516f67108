import { useTranslation } from 'react-i18next';
import { useUpdateView } from '../../state/use-view.ts';
import styles from './hotspots.module.css';
import { type StatisticSize, usualSize } from './statistic-sizes.ts';

type HotspotQuestionProps = { size: StatisticSize };

/** While another layer is on: the way to the hot spots, in the size of the cell that is looked at. */
export function HotspotQuestion({ size }: HotspotQuestionProps) {
  const { t } = useTranslation('hotspots');
  const updateView = useUpdateView();
  return (
    <p className={styles.turnOn}>
      {t('why.ask')}{' '}
      <button
        type="button"
        className={styles.link}
        onClick={() => updateView({ layer: 'hotspot', res: size === usualSize ? undefined : size })}
      >
        {t('why.turnOn')}
      </button>
    </p>
  );
}
