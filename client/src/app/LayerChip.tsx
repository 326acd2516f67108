import { Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../features/meta/use-meta.ts';
import { useUpdateView, useView } from '../state/use-view.ts';
import type { LayerName, MeasureName } from '../state/view-search.ts';
import { Chip } from '../ui/Chip.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import styles from './map-screen.module.css';
import { useMapPicture } from './use-map-picture.ts';

/** Which layer is drawn: hexagons and their size, communes and their measure, or the heat surface. */
export function LayerChip() {
  const { t } = useTranslation(['layer', 'hidden']);
  const [isOpen, setOpen] = useState(false);
  const { data: meta } = useMeta();
  const { set } = useView();
  const updateView = useUpdateView();
  const { layer, measure, res, isResPinned, isShared } = useMapPicture();
  const name =
    layer === 'commune' ? t('chip.commune', { measure: t(`measure.${measure}`) }) : t(`chip.${layer}`, { res });
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
          <Segmented<LayerName>
            label={t('label')}
            value={layer}
            options={(['hex', 'commune', 'heat'] as const).map((value) => ({ value, label: t(`name.${value}`) }))}
            onChange={(value) => updateView({ layer: value === 'hex' ? undefined : value })}
          />
          {isShared && <p>{t('hidden:onlyCells')}</p>}
          {layer !== 'commune' && !isShared && (
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
          {sets.length > 1 && (
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
