export type BasemapTheme = 'light' | 'dark' | 'projector';

export type BasemapColours = {
  /** What lies outside the provinces on land. */
  background: string;
  land: string;
  water: string;
  road: string;
  roadCasing: string;
  communeBorder: string;
  provinceBorder: string;
  label: string;
  labelHalo: string;
};

/**
 * Quiet grounds, so that the data is what is seen: land, water and roads are near in lightness, borders and names far.
 * Checked by basemap-style.test.ts (WCAG 2.2 contrast): names on land and water 4.5 (7 on the projector), borders 3.
 */
export const basemapColours: Record<BasemapTheme, BasemapColours> = {
  light: {
    background: '#e2e4dd',
    land: '#ecede5',
    water: '#cddde8',
    road: '#ffffff',
    roadCasing: '#cfd3c8',
    communeBorder: '#626c7c',
    provinceBorder: '#2b364a',
    label: '#17233a',
    labelHalo: '#ffffff',
  },
  dark: {
    background: '#10151d',
    land: '#1a212c',
    water: '#14293d',
    road: '#37424f',
    roadCasing: '#121822',
    communeBorder: '#8491a5',
    provinceBorder: '#c2ccda',
    label: '#eaeff6',
    labelHalo: '#10151d',
  },
  projector: {
    background: '#e8eae4',
    land: '#f5f6f1',
    water: '#b9d3e6',
    road: '#ffffff',
    roadCasing: '#bcc2b6',
    communeBorder: '#39445a',
    provinceBorder: '#0b1526',
    label: '#0a1322',
    labelHalo: '#ffffff',
  },
};
