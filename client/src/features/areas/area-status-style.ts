import type { AreaStatus, AreaType } from '@diemnong/contracts';

/** How a shape or a badge of an area is outlined: readable in black and white. */
export type AreaOutline = 'dotted' | 'dashed' | 'solid' | 'double';
/** What a status is about, for colour; colour never stands alone. */
type AreaTone = 'plain' | 'warn' | 'busy' | 'ok' | 'danger';

type AreaStatusStyle = {
  outline: AreaOutline;
  tone: AreaTone;
  /** Path in a box of 24 × 24, drawn as a line of width 2 with round ends. */
  glyph: string;
};

export const areaStatusStyles: Record<AreaStatus, AreaStatusStyle> = {
  draft: { outline: 'dotted', tone: 'plain', glyph: 'M5 12h.01M12 12h.01M19 12h.01' },
  proposed: { outline: 'dashed', tone: 'plain', glyph: 'M12 5v14M5 12h14' },
  listed: { outline: 'solid', tone: 'warn', glyph: 'M5 21V5c5-3 9 3 14 0v9c-5 3-9-3-14 0' },
  transforming: {
    outline: 'solid',
    tone: 'busy',
    glyph: 'M20 11a8 8 0 0 0-15-3M4 4v4.5h4.5M4 13a8 8 0 0 0 15 3M20 20v-4.5h-4.5',
  },
  assessed_success: { outline: 'solid', tone: 'ok', glyph: 'M4 12l6 6L20 6' },
  assessed_not_yet: { outline: 'solid', tone: 'warn', glyph: 'M7 3h10M7 21h10M8 3v3l4 6 4-6V3M8 21v-3l4-6 4 6v3' },
  removed: { outline: 'dashed', tone: 'ok', glyph: 'M9 4H5v16h4M15 8l4 4-4 4M19 12H9' },
  watched: {
    outline: 'dashed',
    tone: 'busy',
    glyph: 'M2 12c4-8 16-8 20 0-4 8-16 8-20 0M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6',
  },
  relapsed: { outline: 'double', tone: 'danger', glyph: 'M12 3 2 20h20zM12 10v4M12 17v.01' },
  closed: { outline: 'dotted', tone: 'ok', glyph: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12l3 3 5-6' },
  rejected: { outline: 'dotted', tone: 'plain', glyph: 'M6 6l12 12M18 6 6 18' },
  superseded: { outline: 'dotted', tone: 'plain', glyph: 'M12 21v-8L6 7V3M12 13l6-6V3' },
};

/** Lines and dots inside a shape: which type it is, without colour. */
export type AreaHatch = 'diagonal' | 'horizontal' | 'dots' | 'cross';

export const areaTypeStyles: Record<AreaType, { hatch: AreaHatch; glyph: string }> = {
  1: {
    hatch: 'diagonal',
    glyph:
      'M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8M2 21v-2a5 5 0 0 1 5-5h4a5 5 0 0 1 5 5v2M17 4a4 4 0 0 1 0 7M22 21v-2a5 5 0 0 0-3-4',
  },
  2: {
    hatch: 'horizontal',
    glyph: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M15 9c-1-2-6-2-6 .5s6 2 6 5-5 2.500-6 .5M12 6v2M12 16v2',
  },
  3: { hatch: 'dots', glyph: 'M5 21c.5-4.500 2.500-8 7-10M9 18c6 0 10-4 11-14-9-1-14 3-14 8 0 2 1 5 3 6' },
  4: { hatch: 'cross', glyph: 'M4.500 12.500l8-8a4.900 4.900 0 0 1 7 7l-8 8a4.900 4.900 0 0 1-7-7M8.500 8.500l7 7' },
};

/** Outline of a status on the map. Contrast with the basemap at least 3 : 1. */
export const areaToneColors: Record<AreaTone, { onLight: string; onDark: string }> = {
  plain: { onLight: '#4a5564', onDark: '#c3cddd' },
  warn: { onLight: '#8a5600', onDark: '#ffd892' },
  busy: { onLight: '#1f5fc4', onDark: '#8ab8ff' },
  ok: { onLight: '#1b6b49', onDark: '#9be0bd' },
  danger: { onLight: '#9b1c31', onDark: '#ffb3bd' },
};
