import { type AreaFile, areaFilePath } from '@diemnong/contracts';
import { IconFileDownload } from '@tabler/icons-react';
import { useLanguage } from '../../i18n/use-language.ts';
import { formatBytes } from '../imports/format-bytes.ts';
import styles from './area-page.module.css';

type FileLinkProps = { area: string; file: AreaFile };

/** A file of an area as a download. */
export function FileLink({ area, file }: FileLinkProps) {
  const language = useLanguage();
  return (
    <a className={styles.file} href={areaFilePath.replace(':id', area).replace(':file', file.id)} download={file.name}>
      <IconFileDownload size="1.125em" aria-hidden />
      {file.name} <span className={styles.quiet}>({formatBytes(file.bytes, language)})</span>
    </a>
  );
}
