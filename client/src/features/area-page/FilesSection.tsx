import type { AreaDetail } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import page from '../../ui/page.module.css';
import { useAreaWords } from '../areas/use-area-words.ts';
import { AreaUpload } from './AreaUpload.tsx';
import styles from './area-page.module.css';
import { FileLink } from './FileLink.tsx';

type FilesSectionProps = { area: AreaDetail; canWrite: boolean };

/** Of the hexadecimal SHA-256: enough to compare by eye with another copy. */
const shownHash = 12;

/** Decisions and other papers of an area, each with the fingerprint of its content. */
export function FilesSection({ area, canWrite }: FilesSectionProps) {
  const { t } = useTranslation('area-page');
  const { moment } = useAreaWords();
  return (
    <section className={page.section} aria-labelledby="files" data-testid="files">
      <h2 id="files">{t('files.title')}</h2>
      {area.files.length === 0 && <p className={page.quiet}>{t('files.none')}</p>}
      <ul className={styles.files}>
        {area.files.map((file) => (
          <li key={file.id}>
            <FileLink area={area.id} file={file} />
            <span className={styles.small}>
              {t('files.uploaded', { by: file.uploadedBy, at: moment(file.uploadedAt) })} ·{' '}
              <code title={file.sha256}>SHA-256 {file.sha256.slice(0, shownHash)}…</code>
            </span>
          </li>
        ))}
      </ul>
      {canWrite && <AreaUpload area={area.id} />}
    </section>
  );
}
