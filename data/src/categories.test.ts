import { describe, expect, it } from 'vitest';
import { categories, UNCLASSIFIED } from './categories.ts';
import { categorySynonyms, foldText } from './category-synonyms.ts';

const byCode = new Map(categories.map((category) => [category.code, category]));

describe('categories', () => {
  it('has unique codes, stable ASCII words', () => {
    expect(byCode.size).toBe(categories.length);
    for (const { code } of categories) expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
  });

  it('is a tree of two levels with each parent before its children', () => {
    const seen = new Set<string>();
    for (const { code, parent } of categories) {
      if (parent !== null) {
        expect(seen.has(parent), code).toBe(true);
        expect(byCode.get(parent)?.parent, code).toBeNull();
      }
      seen.add(code);
    }
  });

  it('carries the articles that the offences are known by', () => {
    const articles = {
      theft_motorbike: '173',
      robbery: '168',
      snatching: '171',
      fraud_other: '174',
      murder: '123',
      injury: '134',
    };
    for (const [code, article] of Object.entries(articles)) expect(byCode.get(code)?.article).toBe(article);
    expect(byCode.get('gambling_play')?.article).toBe('321');
    expect(byCode.get('usury_lending')?.article).toBe('201');
  });

  it('gives every drug leaf area type 4, every environment leaf 3, and leaves unclassified without a type', () => {
    for (const category of categories) {
      if (category.parent === 'drugs') expect(category.areaType).toBe(4);
      if (category.parent === 'environment') expect(category.areaType).toBe(3);
    }
    expect(byCode.get(UNCLASSIFIED)).toMatchObject({ parent: null, areaType: null, nameVi: 'Chưa phân loại' });
  });

  it('has no two categories whose names read alike without accents', () => {
    const names = categories.flatMap((c) =>
      [...new Set([foldText(c.nameVi), foldText(c.nameEn)])].map((name) => [c, name] as const),
    );
    const owner = new Map<string, string>();
    for (const [category, name] of names) {
      const other = owner.get(name);
      // A group may share its name with one of its own leaves: the leaf wins, the count stays inside the group.
      if (other !== undefined && other !== category.code) expect(category.parent, name).toBe(other);
      owner.set(name, category.code);
    }
  });
});

describe('categorySynonyms', () => {
  it('names only existing categories, and every category has some', () => {
    expect(Object.keys(categorySynonyms).sort()).toEqual([...byCode.keys()].sort());
  });

  it('is written as foldText returns it, and no spelling points to two categories', () => {
    const owner = new Map<string, string>();
    for (const [code, spellings] of Object.entries(categorySynonyms)) {
      for (const spelling of spellings) {
        expect(foldText(spelling)).toBe(spelling);
        expect(owner.get(spelling) ?? code, spelling).toBe(code);
        owner.set(spelling, code);
      }
    }
  });

  it('does not contradict the name of another category', () => {
    for (const category of categories) {
      for (const [code, spellings] of Object.entries(categorySynonyms)) {
        if (code === category.code || code === category.parent || byCode.get(code)?.parent === category.code) continue;
        expect(spellings, category.code).not.toContain(foldText(category.nameVi));
      }
    }
  });
});

describe('foldText', () => {
  it('unifies accents, tone placement, đ, case and spacing', () => {
    expect(foldText('  Đánh  BẠC ')).toBe('danh bac');
    expect(foldText('Huỷ hoại')).toBe(foldText('Hủy hoại'));
    expect(foldText('Larceny/Theft')).toBe('larceny/theft');
  });
});
