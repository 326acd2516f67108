import { type FormEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { DropZone } from '../../ui/DropZone.tsx';
import { Field } from '../../ui/Field.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { Select } from '../../ui/Select.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useMeta } from '../meta/use-meta.ts';
import { useSession } from '../session/session-context.ts';
import { useOpenBatch } from './batch-address.tsx';
import { canUndo } from './batch-state.ts';
import { CrsSelect } from './CrsSelect.tsx';
import styles from './imports.module.css';
import { useUpload } from './use-import-actions.ts';
import { useImports } from './use-imports.ts';
import { useWords } from './use-words.ts';

const accepted = '.csv,.tsv,.txt,.xlsx,.geojson,.json,.gz';
const longestOffice = 60;

/** Office, file, send. Nothing is written to the database before somebody has seen what the file holds. */
export function NewImport() {
  const { t } = useTranslation('imports');
  const { number, percent, bytes, moment, faultOf } = useWords();
  const { data: meta } = useMeta();
  const { user } = useSession();
  const { data: batches = [] } = useImports();
  const openBatch = useOpenBatch();
  const upload = useUpload();
  const officeInput = useRef<HTMLInputElement>(null);
  const officesId = useId();
  const titleId = useId();

  const [file, setFile] = useState<File | null>(null);
  const [typed, setTyped] = useState<string>();
  const [isOfficeMissing, setOfficeMissing] = useState(false);
  const [replaces, setReplaces] = useState('auto');
  const [crs, setCrs] = useState('auto');

  const offices = meta?.offices ?? [];
  const ownOffice = user.officeCode;
  const office = (ownOffice ?? typed ?? (offices.length === 1 ? offices[0]?.code : '') ?? '').trim();
  const isNewOffice = office !== '' && !offices.some(({ code }) => code === office);
  const replaceable = batches.filter((batch) => batch.office === office && canUndo(batch));

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (office === '') {
      setOfficeMissing(true);
      officeInput.current?.focus();
      return;
    }
    if (file === null) return;
    upload.mutate({ file, options: { office, replaces, crs } }, { onSuccess: ({ id }) => openBatch(id) });
  };

  return (
    <form className={styles.section} aria-labelledby={titleId} onSubmit={send}>
      <h2 id={titleId}>{t('new.title')}</h2>
      <div className={styles.fields}>
        <Field
          label={t('new.office')}
          hint={ownOffice ? t('new.officeOwn') : isNewOffice ? t('new.officeNew', { office }) : t('new.officeHint')}
          error={isOfficeMissing && office === '' ? t('new.officeMissing') : undefined}
        >
          {(control) => (
            <>
              <TextInput
                {...control}
                ref={officeInput}
                list={officesId}
                maxLength={longestOffice}
                autoComplete="off"
                spellCheck={false}
                required
                value={typed ?? office}
                readOnly={ownOffice !== undefined}
                onChange={(event) => setTyped(event.currentTarget.value)}
                onInvalid={(event) => {
                  event.preventDefault();
                  setOfficeMissing(true);
                  event.currentTarget.focus();
                }}
              />
              <datalist id={officesId}>
                {offices.map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name === code ? '' : name}
                  </option>
                ))}
              </datalist>
            </>
          )}
        </Field>
        <Field label={t('new.replaces')} hint={t('new.replacesHint')}>
          {(control) => (
            <Select {...control} value={replaces} onChange={(event) => setReplaces(event.currentTarget.value)}>
              <option value="auto">{t('new.replacesAuto')}</option>
              <option value="none">{t('new.replacesNone')}</option>
              {replaceable.length > 0 && (
                <optgroup label={t('new.replacesOne')}>
                  {replaceable.map(({ id, fileName, createdAt, accepted }) => (
                    <option key={id} value={id}>
                      {fileName} · {moment(createdAt)} · {number(accepted)}
                    </option>
                  ))}
                </optgroup>
              )}
            </Select>
          )}
        </Field>
        <Field label={t('crs.label')} hint={t('new.crsHint')}>
          {(control) => <CrsSelect {...control} value={crs} autoLabel={t('crs.auto')} onChange={setCrs} />}
        </Field>
      </div>
      <DropZone
        title={file === null ? t('new.drop') : t('new.chosen', { file: file.name, size: bytes(file.size) })}
        hint={t('new.formats')}
        buttonLabel={file === null ? t('new.choose') : t('new.chooseOther')}
        accept={accepted}
        isDisabled={upload.isPending}
        onFile={(next) => {
          setFile(next);
          upload.reset();
        }}
      />
      {upload.isPending && (
        <output className={styles.sending}>
          <span>{t('new.sending', { percent: percent(Math.round(upload.share * 100) / 100) })}</span>
          <Meter label={t('new.sendingLabel')} share={upload.share} />
        </output>
      )}
      {upload.isError && (
        <StateNotice tone="danger" title={t('new.failed')}>
          {faultOf(upload.error)}
        </StateNotice>
      )}
      <div className={styles.actions}>
        <Button
          type="submit"
          variant={file === null ? 'outline' : 'filled'}
          disabled={file === null || upload.isPending}
        >
          {t('new.send')}
        </Button>
        <p className={styles.quiet}>{t('new.promise')}</p>
      </div>
    </form>
  );
}
