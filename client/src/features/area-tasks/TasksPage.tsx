import { type AreaTasksResponse, type NoteState, noteStates } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUpdateView, useView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import page from '../../ui/page.module.css';
import { Segmented } from '../../ui/Segmented.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { useAreaWords } from '../areas/use-area-words.ts';
import { AnswerState } from '../session/AnswerState.tsx';
import { ruleName } from '../trends/trend-words.ts';
import styles from './area-tasks.module.css';
import { TaskDetail } from './TaskDetail.tsx';
import { TaskTable } from './TaskTable.tsx';
import { useAreaTasks } from './use-area-tasks.ts';

/** Địa bàn › Xem xét: areas under watch whose records came back, for a person to decide about. */
export function TasksPage() {
  const { t } = useTranslation('area-tasks');
  const { task } = useView();
  const updateView = useUpdateView();
  const [state, setState] = useState<NoteState | 'all'>('all');
  const tasks = useAreaTasks(state === 'all' ? undefined : state);
  const { data, isLoading, isPrevious } = tasks;
  return (
    <div className={styles.page} aria-busy={isLoading}>
      <ProgressLine isActive={isLoading} label={t('loading')} />
      <section className={page.section} aria-labelledby="tasks" data-testid="section-tasks">
        <div className={page.sectionHead}>
          <h2 id="tasks">{t('title')}</h2>
          <Segmented<NoteState | 'all'>
            label={t('state.label')}
            value={state}
            options={(['all', ...noteStates] as const).map((value) => ({ value, label: t(`state.${value}`) }))}
            onChange={setState}
          />
        </div>
        <AnswerState answer={tasks} failed={t('failed')} stands={t('stands')} lines={6} />
        {data && (
          <div className={styles.answer} data-previous={isPrevious || undefined}>
            <Explained answer={data} />
            {data.tasks.length === 0 ? (
              <StateNotice
                title={t('none.title')}
                actions={state !== 'all' && <Button onClick={() => setState('all')}>{t('none.showAll')}</Button>}
              >
                {t(state === 'all' ? 'none.text' : 'none.filtered')}
              </StateNotice>
            ) : (
              <TaskTable tasks={data.tasks} onOpen={(id) => updateView({ task: id })} />
            )}
          </div>
        )}
      </section>
      {task && <TaskDetail key={task} id={task} onClose={() => updateView({ task: undefined })} />}
    </div>
  );
}

/** What a task is, and how many areas the last look compared. */
function Explained({ answer: { checked, rule } }: { answer: AreaTasksResponse }) {
  const { t } = useTranslation('area-tasks');
  const { number } = useAreaWords();
  return (
    <>
      <p>{t('what')}</p>
      <p className={styles.small}>
        {t('checked', { areas: number(checked.areas), notComparable: number(checked.notComparable) })}{' '}
        {t('rule', { rule: ruleName(rule) })}
      </p>
    </>
  );
}
