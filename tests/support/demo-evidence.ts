/** The demonstration's records as `prepareEvidence` takes them. */
import {
  type CellMonths,
  cellOf,
  type EvidenceBasis,
  type EvidenceReading,
  prepareEvidence,
  readEvidence,
} from '@diemnong/analysis';
import {
  type AreaType,
  categories,
  type DemoArea,
  type DemoIncidents,
  type DemoProvince,
  generateDemoAreas,
  generateDemoIncidents,
} from '@diemnong/data';
import { polygonToCells } from 'h3-js';

/** Vietnam keeps UTC+7 all year. */
const LOCAL_MS = 7 * 3_600_000;
/** The demonstration ends with October 2026. */
const END_MONTH = 12 * 2026 + 10;

type DemoBasis = {
  basis: EvidenceBasis;
  communeIndex(code: string): number;
  categoriesOf(types: readonly AreaType[]): Set<number>;
};

function demoBasis(province: DemoProvince, { columns }: DemoIncidents): DemoBasis {
  const features = province.boundarySets[0].communes.features;
  const indexOfCommune = new Map(features.map(({ properties }, i) => [properties.code, i]));
  const silent = new Set(
    province.unreportedMonths.map(({ communeCode, month }) => `${indexOfCommune.get(communeCode)}/${month}`),
  );
  const cells: string[] = [];
  const communes: number[] = [];
  const indexOf = new Map<string, number>();
  const rows = { cell: [] as number[], month: [] as number[], category: [] as number[] };
  for (let row = 0; row < columns.count; row++) {
    if (Number.isNaN(columns.lng[row])) continue;
    const name = cellOf(columns.lng[row], columns.lat[row], 10);
    let cell = indexOf.get(name);
    if (cell === undefined) {
      cell = cells.length;
      indexOf.set(name, cell);
      cells.push(name);
      communes.push(indexOfCommune.get(columns.communeCodes[columns.commune[row]]) ?? 0);
    }
    const local = new Date(columns.occurredFrom[row] + LOCAL_MS);
    rows.cell.push(cell);
    rows.month.push(12 * local.getUTCFullYear() + local.getUTCMonth());
    rows.category.push(columns.category[row]);
  }
  const byCode = new Map(categories.map((category) => [category.code, category]));
  const groups = [...new Set(columns.categories.map((code) => byCode.get(code)?.parent ?? code))];
  const records: CellMonths = {
    cells,
    communes,
    cell: Int32Array.from(rows.cell),
    month: Int32Array.from(rows.month),
    category: Int32Array.from(rows.category),
    count: new Int32Array(rows.cell.length).fill(1),
    endMonth: END_MONTH,
  };
  const basis = prepareEvidence(records, {
    reported: (commune, month) =>
      !silent.has(`${commune}/${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`),
    densityOf: (commune) => features[commune].properties.population / features[commune].properties.areaKm2,
    categoryGroup: Int32Array.from(columns.categories, (code) => groups.indexOf(byCode.get(code)?.parent ?? code)),
  });
  return {
    basis,
    communeIndex: (code) => indexOfCommune.get(code) ?? 0,
    categoriesOf: (types) =>
      new Set(
        columns.categories.flatMap((code, i) => {
          const type = byCode.get(code)?.areaType;
          return type !== undefined && type !== null && types.includes(type) ? [i] : [];
        }),
      ),
  };
}

export type DemoReading = { truth: DemoArea['truth']['kind']; before: number; reading: EvidenceReading };

/** The areas of one seed as the records read them; those too early to be read are left out. */
export function readDemo(province: DemoProvince, seed: number): DemoReading[] {
  const incidents = generateDemoIncidents(province, { seed });
  const areas = generateDemoAreas(province, incidents, { seed });
  const { basis, categoriesOf, communeIndex } = demoBasis(province, incidents);
  const cells = areas.map(cellsOf);
  const avoid = new Set(cells.flat());
  return areas.flatMap(({ truth, types, communeCode }, at) => {
    const { stage, before, reading } = readEvidence(basis, {
      cells: cells[at],
      categories: categoriesOf(types),
      commune: communeIndex(communeCode),
      startMonth: truth.startMonth,
      startsOnFirst: truth.startsOnFirst,
      avoid,
    });
    return stage === 'measured' ? [{ truth: truth.kind, before: before?.count ?? 0, reading }] : [];
  });
}

/** Cells whose centre lies in the area. */
function cellsOf({ polygon }: DemoArea): string[] {
  return [
    ...new Set(
      polygon.flatMap((rings) =>
        polygonToCells(
          rings.map((ring) => ring.map(([lng, lat]) => [lng, lat])),
          10,
          true,
        ),
      ),
    ),
  ];
}
