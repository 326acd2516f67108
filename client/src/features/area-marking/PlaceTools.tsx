import { IconArrowBackUp, IconTrash } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import type { DrawTool } from '../../map/drawing.ts';
import { useMapEngine } from '../../map/map-context.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import page from '../../ui/page.module.css';
import { Segmented } from '../../ui/Segmented.tsx';
import { CommunePicker } from '../accounts/CommunePicker.tsx';
import { bboxOf } from '../communes/commune-bbox.ts';
import { useCommunes } from '../communes/use-communes.ts';
import { CellsInput } from './CellsInput.tsx';
import styles from './marking.module.css';
import { atRes, type CellRes, cellResolutions, type PlaceDraft, type PlaceTool, snapM } from './place-draft.ts';

type PlaceToolsProps = {
  draft: PlaceDraft;
  tools: readonly PlaceTool[];
  /** Drawing by hand: what is in hand, and what can be done. */
  drawing: {
    isReady: boolean;
    tool: DrawTool;
    use: (tool: DrawTool) => void;
    undo: () => void;
    set: (drawn: { rings: []; lines: [] }) => void;
  };
  isGathering: boolean;
  error: string | undefined;
  onGathering: (isGathering: boolean) => void;
  onChange: (draft: PlaceDraft) => void;
};

/** How the place is made: by hand, a whole commune, or hexagons; each with and without a mouse where that can be. */
export function PlaceTools({ draft, tools, drawing, isGathering, error, onGathering, onChange }: PlaceToolsProps) {
  const { t } = useTranslation('area-marking');
  const language = useLanguage();
  const engine = useMapEngine();
  const { data: communes } = useCommunes(undefined);
  const errorId = useId();
  const [isTyping, setTyping] = useState(false);
  return (
    <section className={page.stack} aria-label={t('place.title')} aria-describedby={error ? errorId : undefined}>
      <h2>{t('place.title')}</h2>
      <Segmented<PlaceTool>
        label={t('place.tool')}
        value={draft.tool}
        options={tools.map((value) => ({ value, label: t(`place.tools.${value}`) }))}
        onChange={(tool) => onChange({ ...draft, tool })}
      />
      <p className={styles.quiet}>{t(`place.how.${draft.tool}`)}</p>
      {draft.tool === 'draw' && (
        <>
          <Segmented<DrawTool>
            label={t('draw.label')}
            value={drawing.tool}
            options={(['polygon', 'corners', 'rest'] as const).map((value) => ({
              value,
              label: t(`draw.${value}`),
              disabled: !drawing.isReady || (value === 'corners' && draft.rings.length === 0),
            }))}
            onChange={drawing.use}
          />
          <div className={page.actions}>
            <Button disabled={!drawing.isReady} onClick={drawing.undo}>
              <IconArrowBackUp size="1.125em" aria-hidden /> {t('draw.undo')}
            </Button>
            <Button
              disabled={!drawing.isReady || draft.rings.length === 0}
              onClick={() => {
                drawing.set({ rings: [], lines: [] });
                drawing.use('polygon');
              }}
            >
              <IconTrash size="1.125em" aria-hidden /> {t('draw.clear')}
            </Button>
          </div>
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={draft.isSnapped}
              onChange={(event) => onChange({ ...draft, isSnapped: event.currentTarget.checked })}
            />
            {t('draw.snap', { metres: snapM })}
          </label>
          <p className={styles.quiet} data-testid="drawn-parts">
            {t('draw.parts', { count: draft.rings.length, value: formatNumber(draft.rings.length, language) })}
          </p>
        </>
      )}
      {draft.tool === 'commune' && (
        <Field label={t('commune.label')}>
          {(control) => (
            <CommunePicker
              control={control}
              code={draft.communeCode ?? ''}
              onChoose={({ code }) => {
                onChange({ ...draft, communeCode: code });
                const commune = communes?.features.find(({ properties }) => properties.code === code);
                if (commune) engine?.flyTo(bboxOf(commune.geometry));
              }}
            />
          )}
        </Field>
      )}
      {draft.tool === 'cells' && (
        <>
          <Segmented<CellRes>
            label={t('cells.size')}
            value={draft.res}
            options={[...(draft.res === 7 ? [7 as const] : []), ...cellResolutions].map((value) => ({
              value,
              label: t('cells.res', { res: value }),
            }))}
            onChange={(res) => onChange({ ...draft, res, cells: atRes(draft.cells, res) })}
          />
          <Segmented<'gather' | 'move'>
            label={t('cells.pointer')}
            value={isGathering ? 'gather' : 'move'}
            options={(['gather', 'move'] as const).map((value) => ({ value, label: t(`cells.${value}`) }))}
            onChange={(value) => onGathering(value === 'gather')}
          />
          <p className={styles.quiet} data-testid="gathered">
            {t('cells.count', { count: draft.cells.length, value: formatNumber(draft.cells.length, language) })}
          </p>
          <div className={page.actions}>
            <Button disabled={draft.cells.length === 0} onClick={() => onChange({ ...draft, cells: [] })}>
              <IconTrash size="1.125em" aria-hidden /> {t('cells.clear')}
            </Button>
            <Button aria-expanded={isTyping} onClick={() => setTyping(!isTyping)}>
              {t('cells.type')}
            </Button>
          </div>
          {isTyping && (
            <CellsInput
              key={draft.res}
              res={draft.res}
              cells={draft.cells}
              onTake={(cells) => onChange({ ...draft, cells })}
            />
          )}
        </>
      )}
      {error && (
        <p id={errorId} className={page.fault} role="alert">
          {error}
        </p>
      )}
    </section>
  );
}
