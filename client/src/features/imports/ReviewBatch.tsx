import { type ImportBatch, importErrorsPath, type LngLat } from '@diemnong/contracts';
import { IconTableExport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ButtonAnchor } from '../../ui/ButtonAnchor.tsx';
import { type CommitAction, CommitBar } from './CommitBar.tsx';
import { CountsSection } from './CountsSection.tsx';
import { DiffSection } from './DiffSection.tsx';
import styles from './imports.module.css';
import { emptyDraft } from './mapping-draft.ts';
import { PreviewMap } from './PreviewMap.tsx';
import { ReadingSection } from './ReadingSection.tsx';
import { RefusalNotice } from './RefusalNotice.tsx';
import { RejectedRows } from './RejectedRows.tsx';
import { RejectionReasons } from './RejectionReasons.tsx';
import { SettledNotice } from './SettledNotice.tsx';
import { UnknownCategories } from './UnknownCategories.tsx';
import { useImportPreview } from './use-import.ts';
import { WarningsSection } from './WarningsSection.tsx';

type ReviewBatchProps = { batch: ImportBatch; commit: CommitAction };

/**
 * A file that was read: what it would change (in review), what it changed (committed, undone), or why none of its rows
 * could be taken. Left the account in
 * the order an officer asks: how many, what to look at, what was refused, how it was understood; right the map.
 */
export function ReviewBatch({ batch, commit }: ReviewBatchProps) {
  const { t } = useTranslation('imports');
  const preview = useImportPreview(batch);
  const [draft, setDraft] = useState(emptyDraft);
  const [place, setPlace] = useState<LngLat | null>(null);
  const isReview = batch.state === 'review';
  const isOpen = isReview || batch.state === 'refused';

  return (
    <>
      <div className={styles.review}>
        <div className={styles.account}>
          {batch.state === 'refused' ? <RefusalNotice batch={batch} /> : !isReview && <SettledNotice batch={batch} />}
          <CountsSection batch={batch} />
          {batch.diff !== null && <DiffSection diff={batch.diff} isReview={isReview} />}
          <WarningsSection isReview={isReview} warnings={batch.warnings} onShow={(at) => setPlace([at[0], at[1]])} />
          {batch.rejected > 0 && (
            <section className={styles.section} aria-labelledby="rejections-title">
              <div className={styles.sectionHead}>
                <h2 id="rejections-title">{t('rejections.title')}</h2>
                <ButtonAnchor href={importErrorsPath.replace(':id', batch.id)} download>
                  <IconTableExport size="1.125em" aria-hidden />
                  {t('errors')}
                </ButtonAnchor>
              </div>
              <RejectionReasons rejections={batch.rejections} rejected={batch.rejected} />
              <RejectedRows batch={batch} preview={preview.data} error={preview.error} />
            </section>
          )}
          <UnknownCategories batch={batch} draft={draft} onChange={isOpen ? setDraft : undefined} />
          <ReadingSection batch={batch} draft={draft} onChange={isOpen ? setDraft : undefined} />
        </div>
        <aside className={styles.mapSide} aria-label={t('preview.title')}>
          <PreviewMap batch={batch} preview={preview.data} place={place} />
        </aside>
      </div>
      {isOpen && <CommitBar batch={batch} commit={commit} draft={draft} onDiscard={() => setDraft(emptyDraft)} />}
    </>
  );
}
