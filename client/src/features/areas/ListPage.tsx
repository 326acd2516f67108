import { areasExportPath, listAreas } from '@diemnong/contracts';
import { IconTableExport } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { urlOf } from '../../api/request.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { useView } from '../../state/use-view.ts';
import { ButtonAnchor } from '../../ui/ButtonAnchor.tsx';
import { AreasAnswer } from './AreasAnswer.tsx';
import { AreaTable } from './AreaTable.tsx';
import { mostAreas, toAreaQuery } from './area-filter.ts';
import { type AreaSort, sortAreas } from './area-rows.ts';

/** Địa bàn › Danh sách: every area that the filters leave, to sort and to take along. */
export function ListPage() {
  const { t } = useTranslation('areas');
  const language = useLanguage();
  const view = useView();
  const query = { ...toAreaQuery(view), limit: mostAreas };
  const address = urlOf(listAreas, { query }).replace(listAreas.path, areasExportPath);
  return (
    <AreasAnswer
      actions={
        <ButtonAnchor href={`${address}&lang=${language}`} download>
          <IconTableExport size="1.125em" aria-hidden />
          {t('export')}
        </ButtonAnchor>
      }
    >
      {({ areas }) => <SortedTable areas={areas} />}
    </AreasAnswer>
  );
}

function SortedTable({ areas }: { areas: Parameters<typeof sortAreas>[0] }) {
  const [sort, setSort] = useState<AreaSort>({ by: 'number', isDescending: false });
  const rows = useMemo(() => sortAreas(areas, sort), [areas, sort]);
  return <AreaTable rows={rows} sort={sort} onSort={setSort} />;
}
