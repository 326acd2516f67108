import { useTranslation } from 'react-i18next';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { AreaColumn } from './AreaColumn.tsx';
import { AreasAnswer } from './AreasAnswer.tsx';
import { boardColumns } from './area-filter.ts';
import styles from './board.module.css';

/** Địa bàn › Bảng: one column for each status, in the order of the life cycle. */
export function BoardPage() {
  const { t } = useTranslation('areas');
  return (
    <AreasAnswer>
      {(answer) => (
        <ScrollRegion className={styles.board} label={t('board')}>
          {boardColumns(answer).map((column) => (
            <AreaColumn key={column.status} column={column} />
          ))}
        </ScrollRegion>
      )}
    </AreasAnswer>
  );
}
