import type { AreaDetail } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { AreaUpload } from './AreaUpload.tsx';
import styles from './area-page.module.css';

type StepFilesProps = { area: AreaDetail; chosen: readonly string[]; onChange: (files: string[]) => void };

/** Files that belong to a step: some of the area's, or a new one. */
export function StepFiles({ area, chosen, onChange }: StepFilesProps) {
  const { t } = useTranslation('area-page');
  const toggle = (id: string) => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <fieldset className={styles.checkList}>
      <legend>{t('field.files')}</legend>
      {area.files.map((file) => (
        <label key={file.id} className={styles.check}>
          <input type="checkbox" checked={chosen.includes(file.id)} onChange={() => toggle(file.id)} />
          {file.name}
        </label>
      ))}
      <AreaUpload area={area.id} onDone={({ id }) => onChange([...new Set([...chosen, id])])} />
    </fieldset>
  );
}
