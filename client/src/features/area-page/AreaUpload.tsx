import { AREA_FILE_MAX_BYTES, type AreaFile } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/use-language.ts';
import { DropZone } from '../../ui/DropZone.tsx';
import { Meter } from '../../ui/Meter.tsx';
import page from '../../ui/page.module.css';
import { formatBytes } from '../imports/format-bytes.ts';
import { FaultLine } from '../session/FaultLine.tsx';
import { useAreaUpload } from './use-area-steps.ts';

type AreaUploadProps = { area: string; onDone?: (file: AreaFile) => void };

const accepted = '.pdf,.png,.jpg,.jpeg,.docx';

/** Take one file into an area: how much has been sent, and what the server says of it. */
export function AreaUpload({ area, onDone }: AreaUploadProps) {
  const { t } = useTranslation('area-page');
  const language = useLanguage();
  const upload = useAreaUpload(area);
  const [tooLarge, setTooLarge] = useState<string>();
  const send = (file: File) => {
    const isTooLarge = file.size > AREA_FILE_MAX_BYTES;
    setTooLarge(isTooLarge ? file.name : undefined);
    if (!isTooLarge) upload.mutate(file, { onSuccess: (taken) => onDone?.(taken) });
  };
  const most = formatBytes(AREA_FILE_MAX_BYTES, language);
  return (
    <>
      <DropZone
        title={upload.isPending ? upload.variables.name : t('upload.title')}
        hint={t('upload.hint', { most })}
        buttonLabel={t('upload.choose')}
        accept={accepted}
        isDisabled={upload.isPending}
        onFile={send}
      />
      {upload.isPending && <Meter label={t('upload.running')} share={upload.share} />}
      {tooLarge !== undefined && (
        <p className={page.fault} role="alert">
          {t('upload.tooLarge', { name: tooLarge, most })}
        </p>
      )}
      <FaultLine error={upload.error} />
      {upload.isSuccess && <p className={page.done}>{t('upload.done', { name: upload.data.name })}</p>}
    </>
  );
}
