import { describe, expect, test } from 'vitest';
import { assignCategory, assignField, countChanges, emptyDraft, fieldOf, toRemapBody } from './mapping-draft.ts';

const columns = [
  { heading: 'Loại', field: 'category', samples: [] },
  { heading: 'X', field: 'lng', samples: [] },
  { heading: 'Y', field: 'lat', samples: [] },
  { heading: 'Ghi chú', field: null, samples: [] },
];
const mapping = { columns: { category: 'Loại', lng: 'X', lat: 'Y' }, categories: { 'mất xe': 'theft' } };
const reading = {
  format: 'csv',
  encoding: null,
  delimiter: null,
  sheet: null,
  sheets: [],
  crs: null,
  crsShare: null,
  columns,
};

describe('assignField', () => {
  test('takes the field away from the column that had it', () => {
    const draft = assignField(columns, emptyDraft, 3, 'lat');
    expect(columns.map((_, at) => fieldOf(columns, draft, at))).toEqual(['category', 'lng', null, 'lat']);
    expect(countChanges(draft)).toBe(2);
  });
  test('going back to what stood is no change', () => {
    const draft = assignField(columns, assignField(columns, emptyDraft, 3, 'reference'), 3, null);
    expect(countChanges(draft)).toBe(0);
  });
});

describe('assignCategory', () => {
  test('counts a new mapping, and not the one that stands', () => {
    expect(countChanges(assignCategory(mapping, emptyDraft, 'đánh nhau', 'injury'))).toBe(1);
    expect(countChanges(assignCategory(mapping, emptyDraft, 'mất xe', 'theft'))).toBe(0);
    expect(countChanges(assignCategory(mapping, emptyDraft, 'lạ', 'unclassified'))).toBe(0);
  });
});

describe('toRemapBody', () => {
  test('sends every column, and an empty heading for a field that lost its column', () => {
    const draft = assignField(columns, emptyDraft, 3, 'lat');
    const swapped = assignField(columns, draft, 1, null);
    expect(toRemapBody({ mapping, reading }, swapped).mapping?.columns).toEqual({
      category: 'Loại',
      lng: '',
      lat: 'Ghi chú',
    });
  });
  test('keeps earlier categories, adds new ones and says plainly what goes back to unclassified', () => {
    const mapped = assignCategory(mapping, emptyDraft, 'đánh nhau', 'injury');
    const draft = assignCategory(mapping, mapped, 'mất xe', 'unclassified');
    expect(toRemapBody({ mapping, reading }, draft).mapping?.categories).toEqual({
      'mất xe': 'unclassified',
      'đánh nhau': 'injury',
    });
  });
  test('another sheet is recognised anew', () => {
    const body = toRemapBody({ mapping, reading }, { ...emptyDraft, sheet: 'Tháng 10', crs: 'auto' });
    expect(body).toMatchObject({ sheet: 'Tháng 10', crs: 'auto', mapping: { columns: {} } });
  });
});
