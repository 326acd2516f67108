import { CellHistoryChart, cellHistoryTable } from '@diemnong/charts';
import type { HotspotStory } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { addDays } from '../../state/days.ts';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { activeFilters } from '../filters/filters.ts';
import { useFilterWords } from '../filters/use-filter-words.ts';
import { useFilters } from '../filters/use-filters.ts';
import { ruleVersion } from './hotspot-words.ts';

type CellHistoryProps = { story: HotspotStory };

/** The months of the cell and of its neighbourhood, with the ways to take the chart along. */
export function CellHistory({ story }: CellHistoryProps) {
  const { t } = useTranslation('hotspots');
  const language = useLanguage();
  const filters = useFilters();
  const wordsOf = useFilterWords();
  if (story.steps.length === 0) return null;
  const period = `${formatDay(story.from)} – ${formatDay(addDays(story.to, -1))}`;
  return (
    <ChartFigure
      kind="cell-history"
      title={t('why.months')}
      caption={[
        period,
        ...(filters ? activeFilters(filters).map((name) => wordsOf(name)) : []),
        story.commune.name,
      ].join(' · ')}
      n={story.count}
      dataVersion={story.dataVersion}
      table={cellHistoryTable(story, language)}
      fileName={`diem-nong-${story.cell}`}
      notes={[t('legend.rule', { rule: ruleVersion(story.rule) })]}
      height={260}
    >
      {(frame) => <CellHistoryChart answer={story} frame={frame} />}
    </ChartFigure>
  );
}
