import type { AreaTask } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatMonth } from '../../i18n/formats.ts';
import { addMonths } from '../../state/days.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import table from '../../ui/table.module.css';
import { noteTones } from '../alerts/note-tones.ts';
import { useAreaWords } from '../areas/use-area-words.ts';
import styles from './area-tasks.module.css';
import { expectedCount, levelWords } from './task-words.ts';

type TaskTableProps = { tasks: readonly AreaTask[]; onOpen: (id: string) => void };

/** One line for each task: the months, what was recorded, what the baseline had. */
export function TaskTable({ tasks, onOpen }: TaskTableProps) {
  const { t } = useTranslation('area-tasks');
  const { code, number } = useAreaWords();
  return (
    <ScrollRegion className={`${table.frame} ${styles.frame}`} label={t('title')}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('column.area')}</th>
            <th scope="col">{t('column.window')}</th>
            <th scope="col" className={table.numeric}>
              {t('column.count')}
            </th>
            <th scope="col" className={table.numeric}>
              {t('column.baseline')}
            </th>
            <th scope="col" className={table.numeric}>
              {t('column.level')}
            </th>
            <th scope="col">{t('column.state')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('see')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => {
            const expected = expectedCount(task);
            const level = levelWords(task);
            const name = `${code(task.area)} ${task.area.name}`;
            return (
              <tr key={task.id} data-testid={`task-${task.id}`}>
                <th scope="row">
                  {name}
                  <span className={table.under}>{task.area.commune.name}</span>
                </th>
                <td className={table.nowrap}>
                  {formatMonth(task.window.from)} – {formatMonth(addMonths(task.window.to, -1))}
                </td>
                <td className={table.numeric}>
                  <strong>{number(task.window.count)}</strong>
                  {task.hiddenByScope && <span className={table.under}>{t('ownOnly')}</span>}
                </td>
                <td className={table.numeric}>{expected === null ? '–' : number(expected, 1)}</td>
                <td className={table.numeric}>{level === null ? '–' : `${number(level.percent)}%`}</td>
                <td>
                  <Badge tone={noteTones[task.state]} label={t(`state.${task.state}`)} />
                </td>
                <td>
                  <Button aria-label={t('seeLabel', { name })} onClick={() => onOpen(task.id)}>
                    {t('see')}
                  </Button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
