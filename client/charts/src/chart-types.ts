export type ChartTheme = 'light' | 'dark' | 'projector' | 'print';
export type ChartLanguage = 'vi' | 'en';

/** What a chart is drawn into. Sizes in pixels. A chart is a pure function of its answer and this. */
export type ChartFrame = {
  language: ChartLanguage;
  theme: ChartTheme;
  width: number;
  height: number;
  /** Makes the marks buttons. The id is what the chart's docstring says: a period's first day, a commune's code … */
  onPick?: ((id: string) => void) | undefined;
  /** Drawn with a strong outline. */
  pickedId?: string | undefined;
};

export type TableColumn = { key: string; label: string; kind: 'text' | 'number' | 'decimal' | 'percent' | 'day' };
/** The numbers of a chart with their units in the labels. `percent` cells are shares (0.125 = 12.5%), `day` cells `2026-10-31`. */
export type ChartTable = { columns: TableColumn[]; rows: (string | number | null)[][] };

/** Name of a category by its code, in the frame's language. */
export type NameOf = (code: string) => string;
