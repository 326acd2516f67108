import { type AreaListAnswer, areaListTemplatePath } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestError } from '../../api/request.ts';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { keepView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { ButtonAnchor } from '../../ui/ButtonAnchor.tsx';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { DropZone } from '../../ui/DropZone.tsx';
import { Field } from '../../ui/Field.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import page from '../../ui/page.module.css';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { officeDay } from '../area-marking/office-day.ts';
import { ListReview } from './ListReview.tsx';
import { useAreaList } from './use-area-list.ts';

const [firstYear, lastYear] = [2000, 2100];

/** Địa bàn › Nhập danh sách: a year's list from a workbook: read, looked over, written. */
export function ListImportPage() {
  const { t } = useTranslation('area-lists');
  const language = useLanguage();
  const [year, setYear] = useState(() => officeDay().slice(0, 4));
  const [file, setFile] = useState<File | null>(null);
  const [answer, setAnswer] = useState<AreaListAnswer | null>(null);
  const send = useAreaList();
  const wanted = Number(year);
  const isYear = Number.isInteger(wanted) && wanted >= firstYear && wanted <= lastYear;

  const read = (next: File) => {
    setFile(next);
    setAnswer(null);
    send.mutate({ file: next, options: { year: wanted, commit: false } }, { onSuccess: setAnswer });
  };
  const commit = () => {
    if (file === null || answer === null) return;
    send.mutate({ file, options: { year: answer.year, commit: true } }, { onSuccess: setAnswer });
  };
  const isPerson = send.error instanceof RequestError && send.error.code === 'person_data';

  return (
    <div className={page.page}>
      <ProgressLine isActive={send.isPending} label={t('loading')} />
      <section className={page.section}>
        <div className={page.sectionHead}>
          <h2>{t('title')}</h2>
          <ButtonAnchor href={areaListTemplatePath} download>
            {t('template')}
          </ButtonAnchor>
        </div>
        <p className={page.prose}>{t('intro')}</p>
        <Field label={t('year')} hint={t('yearHint')} error={isYear ? undefined : t('yearWrong')}>
          {(control) => (
            <TextInput
              {...control}
              inputMode="numeric"
              value={year}
              maxLength={4}
              onChange={({ target }) => {
                setYear(target.value);
                setAnswer(null);
                setFile(null);
                send.reset();
              }}
            />
          )}
        </Field>
        <DropZone
          title={file === null ? t('drop') : t('chosen', { file: file.name })}
          hint={t('formats')}
          buttonLabel={t(file === null ? 'choose' : 'chooseOther')}
          accept=".xlsx,.csv"
          isDisabled={send.isPending || !isYear}
          onFile={read}
        />
        {send.error && (
          <StateNotice tone="danger" title={t(isPerson ? 'personData.title' : 'failed')}>
            <p>{saidIn(send.error.message, language)}</p>
            {isPerson && <p>{t('personData.text')}</p>}
          </StateNotice>
        )}
      </section>
      {answer && (
        <ListReview answer={answer}>
          {answer.committed ? (
            <StateNotice
              tone="ok"
              title={t('done.title', { year: String(answer.year) })}
              actions={
                <>
                  {answer.pending.length > 0 && (
                    <ButtonLink to="/dia-ban/cho-duyet" search={keepView}>
                      {t('done.pending', { count: answer.pending.length })}
                    </ButtonLink>
                  )}
                  <ButtonLink to="/dia-ban/bang" search={keepView}>
                    {t('done.board')}
                  </ButtonLink>
                </>
              }
            >
              <p>{t(answer.pending.length > 0 ? 'done.waits' : 'done.nothing', { count: answer.pending.length })}</p>
            </StateNotice>
          ) : (
            <div className={page.actions}>
              <Button
                variant="filled"
                disabled={send.isPending || !answer.rows.some(({ does }) => does !== 'known')}
                onClick={commit}
              >
                {t(send.isPending ? 'committing' : 'commit', {
                  count: answer.rows.filter(({ does }) => does !== 'known').length,
                })}
              </Button>
              <p className={page.quiet}>{t(answer.rejected.length > 0 ? 'commitSome' : 'promise')}</p>
            </div>
          )}
        </ListReview>
      )}
    </div>
  );
}
