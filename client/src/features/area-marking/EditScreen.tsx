import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { keepView } from '../../state/use-view.ts';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import page from '../../ui/page.module.css';
import { Segmented } from '../../ui/Segmented.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StatusBadge } from '../areas/StatusBadge.tsx';
import { useArea } from '../areas/use-area.ts';
import { FailureNotice } from '../session/FailureNotice.tsx';
import { EditArea } from './EditArea.tsx';
import { MergeAreas } from './MergeAreas.tsx';
import styles from './marking.module.css';
import { type EditSearch, validateEditSearch } from './marking-search.ts';
import { SplitArea } from './SplitArea.tsx';

type Work = 'sua' | 'chia' | 'gop';

/** Địa bàn › Sửa: what is written about an area and where it is; divide it, or make it one with others. */
export function EditScreen() {
  const { t } = useTranslation(['area-marking', 'areas']);
  const { id = '' } = useParams({ strict: false });
  const { cach = 'sua' } = useSearch({ strict: false, select: (found): EditSearch => validateEditSearch(found) });
  const navigate = useNavigate();
  const { data: area, error, retry } = useArea(id);
  const choose = (work: Work) =>
    void navigate({
      to: '/dia-ban/$id/sua',
      params: { id },
      search: (before) => ({ ...keepView(before), cach: work === 'sua' ? undefined : work }),
      replace: true,
    });
  if (area === undefined)
    return (
      <div className={page.centre}>
        {error ? <FailureNotice error={error} title={t('edit.failed')} onRetry={retry} /> : <Skeleton lines={6} />}
      </div>
    );
  const head = (
    <header className={page.stack}>
      <h1>{area.name}</h1>
      <p>
        <span className={styles.quiet}>
          {t('areas:code', { number: String(area.number).padStart(3, '0') })} · {area.commune.name}
        </span>{' '}
        <StatusBadge status={area.status} isShort />
      </p>
      <Segmented<Work>
        label={t('edit.work')}
        value={cach}
        options={(['sua', 'chia', 'gop'] as const).map((value) => ({ value, label: t(`edit.works.${value}`) }))}
        onChange={choose}
      />
      <ButtonLink to="/dia-ban/$id" params={{ id }} search={keepView}>
        {t('edit.back')}
      </ButtonLink>
    </header>
  );
  if (cach === 'chia') return <SplitArea key={area.id} area={area} head={head} />;
  if (cach === 'gop') return <MergeAreas key={area.id} area={area} head={head} />;
  return <EditArea key={area.id} area={area} head={head} />;
}
