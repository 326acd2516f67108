import type {
  AreaEvidence,
  ChangesResponse,
  ChartKind,
  CommuneRankingResponse,
  ConcentrationResponse,
  CumulativeResponse,
  GroupTableResponse,
  HourWeekdayResponse,
  SeasonResponse,
  TargetsResponse,
  TrendsResponse,
} from '@diemnong/contracts';
import type { ComponentType } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { AreaSeriesChart } from './AreaSeriesChart.tsx';
import { ChangesChart } from './ChangesChart.tsx';
import { ChartSheet } from './ChartSheet.tsx';
import { ConcentrationChart } from './ConcentrationChart.tsx';
import { ConcentrationHistoryChart } from './ConcentrationHistoryChart.tsx';
import { CumulativeChart } from './CumulativeChart.tsx';
import type { ChartFrame, NameOf } from './chart-types.ts';
import { FunnelChart } from './FunnelChart.tsx';
import { GroupsChart } from './GroupsChart.tsx';
import { HourWeekdayChart } from './HourWeekdayChart.tsx';
import { PeriodsChart } from './PeriodsChart.tsx';
import { RankingChart } from './RankingChart.tsx';
import { SeasonChart } from './SeasonChart.tsx';
import { SurvivalChart } from './SurvivalChart.tsx';
import { type SheetSubject, sheetWords } from './sheet-words.ts';
import { TargetHistoryChart } from './TargetHistoryChart.tsx';
import { TargetsChart } from './TargetsChart.tsx';
import { TetChart } from './TetChart.tsx';

/** The answer that each kind of chart is drawn from. */
export type ChartAnswers = {
  periods: TrendsResponse;
  cumulative: CumulativeResponse;
  season: SeasonResponse;
  tet: SeasonResponse;
  groups: GroupTableResponse;
  funnel: CommuneRankingResponse;
  ranking: CommuneRankingResponse;
  changes: ChangesResponse;
  'hour-weekday': HourWeekdayResponse;
  concentration: ConcentrationResponse;
  'concentration-history': ConcentrationResponse;
  targets: TargetsResponse;
  'target-history': TargetsResponse;
  survival: TargetsResponse;
  'area-series': AreaEvidence;
};

const charts: { [K in ChartKind]: ComponentType<{ answer: ChartAnswers[K]; frame: ChartFrame; nameOf: NameOf }> } = {
  periods: PeriodsChart,
  cumulative: CumulativeChart,
  season: SeasonChart,
  tet: TetChart,
  groups: GroupsChart,
  funnel: FunnelChart,
  ranking: RankingChart,
  changes: ChangesChart,
  'hour-weekday': HourWeekdayChart,
  concentration: ConcentrationChart,
  'concentration-history': ConcentrationHistoryChart,
  targets: TargetsChart,
  'target-history': TargetHistoryChart,
  survival: SurvivalChart,
  'area-series': AreaSeriesChart,
};

export type ChartDrawing<K extends ChartKind> = {
  subject: SheetSubject & { kind: K };
  answer: ChartAnswers[K];
  frame: ChartFrame;
  isSimulated: boolean;
  nameOf: NameOf;
};

/** One chart on its sheet as SVG text: what a browser draws from the same answer and frame, without a browser. */
export function drawChart<K extends ChartKind>({
  subject,
  answer,
  frame,
  isSimulated,
  nameOf,
}: ChartDrawing<K>): string {
  const Chart: ComponentType<{ answer: ChartAnswers[K]; frame: ChartFrame; nameOf: NameOf }> = charts[subject.kind];
  return renderToStaticMarkup(
    <ChartSheet {...sheetWords(subject, frame.language)} frame={frame} isSimulated={isSimulated}>
      <Chart answer={answer} frame={frame} nameOf={nameOf} />
    </ChartSheet>,
  );
}
