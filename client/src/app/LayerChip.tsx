import { Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AreaLayerForm } from '../features/area-layer/AreaLayerForm.tsx';
import { statisticSizeOf, statisticSizes, usualSize } from '../features/hotspots/statistic-sizes.ts';
import { useMeta } from '../features/meta/use-meta.ts';
import { useUpdateView, useView } from '../state/use-view.ts';
import type { LayerName, MeasureName, ScoreName } from '../state/view-search.ts';
import { Chip } from '../ui/Chip.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import styles from './map-screen.module.css';
import { useMapPicture } from './use-map-picture.ts';

/** Which layer is drawn: hexagons and their size, communes and their measure, the heat surface, hot spots or their trends. */
export function LayerChip() {
  const { t } = useTranslation(['layer', 'hidden']);
  const [isOpen, setOpen] = useState(false);
  const { data: meta } = useMeta();
  const { set } = useView();
  const updateView = useUpdateView();
  const { layer, hotspotStyle, canAnalyse, measure, score, res, isResPinned, isShared } = useMapPicture();
  const name =
    layer === 'commune'
      ? t('chip.commune', { measure: t(`measure.${measure}`) })
      : t(`chip.${layer}`, { res, score: t(`score.${score}`) });
  const chooseLayer = (value: LayerName) => updateView({ layer: value === 'hex' ? undefined : value });
  const sets = isShared ? [] : (meta?.boundarySets ?? []);

  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <Chip isFilled isExpanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {name} <IconChevronDown size="0.875em" aria-hidden />
        </Chip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('label')}>
        <div className={styles.layerForm}>
          <div>
            <h3>{t('counts')}</h3>
            <Segmented<LayerName>
              label={t('counts')}
              value={layer}
              options={(['hex', 'commune', 'heat'] as const).map((value) => ({ value, label: t(`name.${value}`) }))}
              onChange={chooseLayer}
            />
          </div>
          <div>
            <h3>{t('statistics')}</h3>
            {canAnalyse ? (
              <Segmented<LayerName>
                label={t('statistics')}
                value={layer}
                options={(['hotspot', 'emerging'] as const).map((value) => ({ value, label: t(`name.${value}`) }))}
                onChange={chooseLayer}
              />
            ) : (
              <p>{t('noStatistics')}</p>
            )}
          </div>
          {hotspotStyle && <p>{t(`${hotspotStyle}Note`)}</p>}
          {isShared && <p>{t('hidden:onlyCells')}</p>}
          {hotspotStyle && (
            <>
              <div>
                <h3>{t('scoreLabel')}</h3>
                <Segmented<ScoreName>
                  label={t('scoreLabel')}
                  value={score}
                  options={(['count', 'perKm2', 'per10k'] as const).map((value) => ({
                    value,
                    label: t(`score.${value}`),
                  }))}
                  onChange={(value) => updateView({ score: value === 'count' ? undefined : value })}
                />
              </div>
              <div>
                <h3>{t('res')}</h3>
                <Segmented
                  label={t('res')}
                  value={statisticSizeOf(res)}
                  options={statisticSizes.map((value) => ({ value, label: String(value) }))}
                  onChange={(value) => updateView({ res: value === usualSize ? undefined : value })}
                />
                <p>{t(`resArea.${res}`)}</p>
              </div>
            </>
          )}
          {(layer === 'hex' || layer === 'heat') && !isShared && (
            <div>
              <h3>{t('res')}</h3>
              <Segmented
                label={t('res')}
                value={isResPinned ? res : 'auto'}
                options={(['auto', 7, 8, 9, 10] as const).map((value) => ({
                  value,
                  label: value === 'auto' ? t('resAuto') : String(value),
                }))}
                onChange={(value) => updateView({ res: value === 'auto' ? undefined : value })}
              />
              <p>{t(`resArea.${res}`)}</p>
            </div>
          )}
          {layer === 'commune' && (
            <div>
              <h3>{t('measureLabel')}</h3>
              <Segmented<MeasureName>
                label={t('measureLabel')}
                value={measure}
                options={(['count', 'perKm2', 'per10k', 'change'] as const).map((value) => ({
                  value,
                  label: t(`measure.${value}`),
                }))}
                onChange={(value) => updateView({ measure: value === 'count' ? undefined : value })}
              />
            </div>
          )}
          {layer === 'heat' && <p>{t('heatNote')}</p>}
          <AreaLayerForm />
          {sets.length > 1 && !hotspotStyle && (
            <div>
              <h3>{t('set')}</h3>
              <Segmented
                isColumn
                label={t('set')}
                value={set ?? sets.find(({ isDefault }) => isDefault)?.id ?? ''}
                options={sets.map(({ id, name: label }) => ({ value: id, label }))}
                onChange={(value) =>
                  updateView({ set: sets.find(({ id }) => id === value)?.isDefault ? undefined : value })
                }
              />
            </div>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
