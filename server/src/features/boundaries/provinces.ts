import { foldText, formerProvinceMeridians, provinceMeridians } from '@diemnong/data';

export type Province = { code: string; nameVi: string; nameEn: string };

/** English names that are not the Vietnamese one without its marks. */
const englishNames: Record<string, string> = { '01': 'Hanoi', '31': 'Haiphong' };

/** A name without marks, case, spaces and punctuation: `Đắk Lắk` → `daklak`. Where the tone mark stands does not matter: Hoà = Hòa. */
export function nameKey(text: string): string {
  return foldText(text).replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * The province of today (34 since 1 July 2025, Resolution 202/2025/QH15) that a file means.
 * @param text an official code, with or without its leading zero, or a name, with or without "Tỉnh" or "Thành phố". A province
 * of before 1 July 2025 stands for the one that took its land: `34` and `Thái Bình` give Hưng Yên, since the province is
 * the tenant under which the records of that land are kept. Codes that are used again went to a province that holds
 * the old one's land, so a code is never ambiguous.
 * @returns undefined when nothing of the kind is known.
 */
export function findProvince(text: string): Province | undefined {
  const digits = /^\s*(\d{1,2})\s*$/.exec(text)?.[1]?.padStart(2, '0');
  if (digits !== undefined) {
    return provinces.get(digits) ?? provinces.get(successorOf.get(digits) ?? '');
  }
  const key = nameKey(text.replace(/^\s*(tỉnh|thành phố|tp\.?)\s+/iu, ''));
  const current = [...provinces.values()].find(({ nameVi }) => nameKey(nameVi) === key);
  if (current !== undefined) return current;
  const former = formerProvinceMeridians.find(({ nameVi }) => nameKey(nameVi) === key);
  return former === undefined ? undefined : provinces.get(successorOf.get(former.code) ?? '');
}

const provinces: ReadonlyMap<string, Province> = new Map(
  provinceMeridians.map(({ code, nameVi }) => [
    code,
    { code, nameVi, nameEn: englishNames[code] ?? withoutMarks(nameVi) },
  ]),
);

const successorOf: ReadonlyMap<string, string> = new Map(
  provinceMeridians.flatMap(({ code, formerCodes }) => formerCodes.map((former) => [former, code] as const)),
);

function withoutMarks(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
}
