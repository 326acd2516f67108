import type { ImportBatch } from '@diemnong/contracts';
import { useState } from 'react';
import { CommitBar } from './CommitBar.tsx';
import styles from './imports.module.css';
import { emptyDraft } from './mapping-draft.ts';
import { ReadingSection } from './ReadingSection.tsx';
import { RefusalNotice } from './RefusalNotice.tsx';

type RefusedBatchProps = { batch: ImportBatch };

/** A file that was refused before its rows were read. Some only wait for a person to say which column is which. */
export function RefusedBatch({ batch }: RefusedBatchProps) {
  const [draft, setDraft] = useState(emptyDraft);
  const isReadable = batch.reading !== null;
  return (
    <>
      <div className={styles.batchBody}>
        <RefusalNotice batch={batch} />
        {isReadable && <ReadingSection batch={batch} draft={draft} onChange={setDraft} />}
      </div>
      {isReadable && <CommitBar batch={batch} draft={draft} onDiscard={() => setDraft(emptyDraft)} />}
    </>
  );
}
