import type { AreaListRow, AreaStatus, AreaType } from '@diemnong/contracts';
import { lastListYear } from '../areas/area-days.ts';
import type { WaitingStep } from '../areas/area-steps.ts';
import { textKey, toneKey } from '../imports/rows/text-key.ts';
import { type ListLine, type Rejection, reject } from './list-rows.ts';

/** An area as far as a list asks. */
export type KnownArea = {
  id: string;
  number: number;
  name: string;
  communeCode: string;
  status: AreaStatus;
  since: string | null;
  listedYears: number[];
  types: AreaType[];
};

/** Statuses from which an area can be carried over. */
const carried: ReadonlySet<AreaStatus> = new Set(['listed', 'transforming', 'assessed_not_yet'] as const);
/** Statuses after which a listing follows at once; of the other open ones a proposal stands before it. */
const listable: ReadonlySet<AreaStatus> = new Set(['proposed', 'relapsed'] as const);
const reopened: ReadonlySet<AreaStatus> = new Set(['draft', 'closed', 'rejected'] as const);

export type Judged = { rows: AreaListRow[]; rejected: Rejection[] };

/** Does a listing of this area need a proposal first? */
export function needsProposal(status: AreaStatus): boolean {
  return reopened.has(status);
}

/**
 * What the year's list does with each line: a new area, one of the year before carried over, or nothing. An area is found again by name
 * and commune, accents and case ignored where none has the very accents.
 */
export function judgeLines(
  lines: readonly ListLine[],
  year: number,
  today: string,
  { areas, waiting }: { areas: readonly KnownArea[]; waiting: readonly WaitingStep[] },
): Judged {
  const keyOf = ({ name, communeCode }: { name: string; communeCode: string }) => `${communeCode} ${textKey(name)}`;
  const known = new Map<string, KnownArea[]>();
  // One that was divided or joined is no more.
  for (const area of areas)
    if (area.status !== 'superseded') known.set(keyOf(area), [...(known.get(keyOf(area)) ?? []), area]);
  const waits = new Map<string, WaitingStep[]>();
  for (const step of waiting) waits.set(step.areaId, [...(waits.get(step.areaId) ?? []), step]);
  const seen = new Map<string, number>();
  const judged: Judged = { rows: [], rejected: [] };
  for (const line of lines) {
    const alike = known.get(keyOf(line)) ?? [];
    // Chợ Hà and Chợ Hạ are two areas: where one is spelt just so, it is meant.
    const spelt = alike.filter(({ name }) => toneKey(name) === toneKey(line.name));
    const [area, ...others] = spelt.length > 0 ? spelt : alike;
    const key = area?.id ?? keyOf(line);
    const first = seen.get(key);
    const refused =
      first === undefined
        ? others.length > 0
          ? reject(
              line.row,
              'name',
              line.name,
              `Có ${others.length + 1} địa bàn cùng tên trong xã: hãy đổi tên cho khác nhau. (Several areas have this name.)`,
              [area, ...others].map(({ number }) => `ĐB-${String(number).padStart(3, '0')}`).join('; '),
            )
          : findFault(line, area, year, today, waits.get(area?.id ?? '') ?? [])
        : reject(
            line.row,
            'name',
            line.name,
            `Trùng dòng ${first}: cùng tên, cùng xã. (The same area as row ${first}.)`,
            'Bỏ một dòng',
          );
    if (refused !== null) {
      judged.rejected.push(refused);
      continue;
    }
    seen.set(key, line.row);
    judged.rows.push({
      ...line,
      does: doesOf(area, year, waits.get(area?.id ?? '') ?? []),
      areaId: area?.id ?? null,
      keepsTypes: area === undefined || hasSameTypes(area, line) ? null : area.types,
    });
  }
  return judged;
}

function hasSameTypes(area: Pick<KnownArea, 'types'>, line: Pick<ListLine, 'types'>): boolean {
  return area.types.length === line.types.length && area.types.every((type) => line.types.includes(type));
}

function isListed(area: KnownArea, year: number, waiting: readonly WaitingStep[]): boolean {
  return area.listedYears.includes(year) && area.status !== 'relapsed'
    ? true
    : waiting.some((step) => step.year === year);
}

function doesOf(area: KnownArea | undefined, year: number, waiting: readonly WaitingStep[]): AreaListRow['does'] {
  if (area === undefined) return 'new';
  if (isListed(area, year, waiting)) return 'known';
  return carried.has(area.status) ? 'carried' : 'new';
}

/** Why an area that there is cannot be listed for the year; null when it can, or is already. */
function findFault(
  line: ListLine,
  area: KnownArea | undefined,
  year: number,
  today: string,
  waiting: readonly WaitingStep[],
): Rejection | null {
  if (area !== undefined && isListed(area, year, waiting)) return null;
  const { row, name, decisionDate } = line;
  const on = decisionDate ?? today;
  if (year > lastListYear(on))
    return reject(
      row,
      'decisionDate',
      on,
      `Quyết định ngày này không thể là của danh sách năm ${year}: nhiều nhất là năm sau. (A decision of this day is not about the list of ${year}.)`,
      null,
    );
  if (area === undefined) return null;
  const code = `ĐB-${String(area.number).padStart(3, '0')}`;
  if (waiting.length > 0)
    return reject(
      row,
      'name',
      name,
      `${code} còn một bước chờ duyệt. (A step of this area waits for approval.)`,
      'Duyệt hoặc rút bước đó trước',
    );
  if (!carried.has(area.status) && !listable.has(area.status) && !reopened.has(area.status))
    return reject(
      row,
      'name',
      name,
      `${code} đã chuyển hóa đạt và đang được theo dõi: chỉ đưa vào lại khi tái phức tạp. (It is under watch; only a relapsed area is listed again.)`,
      'Bỏ dòng này, hoặc ghi tái phức tạp trước',
    );
  const lastYear = Math.max(0, ...area.listedYears);
  if (carried.has(area.status) && lastYear > year)
    return reject(
      row,
      'name',
      name,
      `${code} đã trong diện năm ${lastYear}, sau năm ${year}. (It is on a later list already.)`,
      null,
    );
  if (area.since !== null && on < area.since)
    return reject(
      row,
      'decisionDate',
      on,
      `Trước bước gần nhất của ${code} (${area.since}). (Before the area's last step.)`,
      null,
    );
  return null;
}
