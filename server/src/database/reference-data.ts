import { categories } from '@diemnong/data';
import type { Knex } from 'knex';

/**
 * Every database knows the category tree: what is missing is added, in the tree's order; what an office changed stays.
 * Source: data/src/categories.ts.
 */
export async function addReferenceData(database: Knex): Promise<void> {
  const rows = categories.map(({ code, parent, nameVi, nameEn, article, areaType, weight }, position) => ({
    code,
    parent,
    name_vi: nameVi,
    name_en: nameEn,
    article,
    area_type: areaType,
    weight,
    position,
  }));
  // Parents stand before their children in the tree, so one statement satisfies the foreign key.
  await database('category').insert(rows).onConflict('code').ignore();
}
