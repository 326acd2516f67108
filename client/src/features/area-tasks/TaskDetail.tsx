import { AreaTaskChart, areaTaskTable } from '@diemnong/charts';
import type { AreaTaskStory } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatMoment, formatMonth } from '../../i18n/formats.ts';
import { saidIn } from '../../i18n/said-in.ts';
import { addMonths } from '../../state/days.ts';
import { keepView } from '../../state/use-view.ts';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import page from '../../ui/page.module.css';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useAreaWords } from '../areas/use-area-words.ts';
import { useFocusBack } from '../areas/use-focus-back.ts';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { FailureNotice } from '../session/FailureNotice.tsx';
import { useSession } from '../session/session-context.ts';
import { ruleName } from '../trends/trend-words.ts';
import styles from './area-tasks.module.css';
import { DecideTask } from './DecideTask.tsx';
import { expectedCount, levelWords } from './task-words.ts';
import { useAreaTask } from './use-area-tasks.ts';

type TaskDetailProps = { id: string; onClose: () => void };

/** One task: its numbers in words, the months that caused it, and what a person made of it. */
export function TaskDetail({ id, onClose }: TaskDetailProps) {
  const { t } = useTranslation('area-tasks');
  const { code } = useAreaWords();
  const { data, error, retry } = useAreaTask(id);
  const title = data ? `${code(data.task.area)} ${data.task.area.name}` : t('title');
  return (
    <Dialog title={title} closeLabel={t('close')} onClose={onClose}>
      {error !== null && <FailureNotice error={error} title={t('failed')} onRetry={retry} />}
      {data === undefined && error === null && <Skeleton lines={6} />}
      {data && <Story story={data} />}
    </Dialog>
  );
}

function Story({ story }: { story: AreaTaskStory }) {
  const { t } = useTranslation('area-tasks');
  const { can } = useSession();
  const { code, language, number } = useAreaWords();
  const { task, months, dataVersion } = story;
  const part = useFocusBack<HTMLDivElement>(task.state === 'open');
  const expected = expectedCount(task);
  const level = levelWords(task);
  const span = `${formatMonth(task.window.from)} – ${formatMonth(addMonths(task.window.to, -1))}`;
  const decidedAt = task.decidedAt === null ? null : formatMoment(task.decidedAt);
  return (
    <div ref={part} className={page.stack} tabIndex={-1} data-testid="task-story">
      <p className={styles.sentence}>
        {t('story.sentence', {
          span,
          count: number(task.window.count),
          baseline: expected === null ? '–' : number(expected, 1),
        })}{' '}
        {level &&
          t(level.high === null ? 'story.levelOpen' : 'story.level', {
            percent: number(level.percent),
            low: number(level.low),
            high: level.high === null ? '' : number(level.high),
          })}
      </p>
      {task.hiddenByScope && <p className={styles.small}>{t('ownOnly')}.</p>}
      <ChartFigure
        kind="area-task"
        title={t('story.chart')}
        caption={`${code(task.area)} ${task.area.name} · ${task.area.commune.name}`}
        n={months.reduce((sum, { count }) => sum + (count ?? 0), 0)}
        dataVersion={dataVersion}
        table={areaTaskTable(story, language)}
        fileName={`xem-xet-dia-ban-${task.area.number}`}
        notes={[t('rule', { rule: ruleName(task.rule) })]}
        height={300}
      >
        {(frame) => <AreaTaskChart answer={story} frame={frame} />}
      </ChartFigure>
      <p className={styles.small}>
        {t('story.opened', { at: formatMoment(task.openedAt), version: number(task.dataVersion) })}{' '}
        {t('story.noChange')}
      </p>
      <div className={page.actions}>
        <ButtonLink
          to="/dia-ban/$id"
          params={{ id: task.area.id }}
          search={(before) => ({ ...keepView(before), task: undefined })}
        >
          {t('story.toArea')}
        </ButtonLink>
      </div>
      {decidedAt !== null && (
        <p data-testid="task-decided">
          {task.state === 'withdrawn'
            ? t('story.withdrawn', { at: decidedAt, reason: saidIn(task.reason ?? '', language) })
            : t('story.decided', {
                state: t(`state.${task.state}`),
                at: decidedAt,
                by: task.decidedBy,
                reason: task.reason,
              })}{' '}
          {task.state === 'confirmed' && t('story.second')}
        </p>
      )}
      {task.state === 'open' && can('planning') && <DecideTask task={task} />}
      {task.state === 'open' && !can('planning') && <p className={styles.small}>{t('story.reader')}</p>}
    </div>
  );
}
