import type { BoundaryOptions } from '@diemnong/contracts';
import { isDay } from '../days/day-text.ts';

/** The form as it is typed: every field a text. */
export type BoundaryFormValues = {
  set: string;
  name: string;
  validFrom: string;
  validTo: string;
  province: string;
  codeField: string;
  nameField: string;
  provinceField: string;
  populationField: string;
  layer: string;
  crs: string;
};

export type BoundaryFormFault = 'set' | 'name' | 'validFrom' | 'validTo' | 'province';

const empty: BoundaryFormValues = {
  set: '',
  name: '',
  validFrom: '',
  validTo: '',
  province: '',
  codeField: '',
  nameField: '',
  provinceField: '',
  populationField: '',
  layer: '',
  crs: 'auto',
};

/** The communes in force since the two-level government of 1 July 2025: what a new office almost always starts with. */
const sinceJuly2025 = { set: '2025-07', validFrom: '2025-07-01' };

/** A form to start from: the communes of today, unless that set is already there. `name` is that set's usual name. */
export function startValues(takenSets: readonly string[], name: string): BoundaryFormValues {
  return takenSets.includes(sinceJuly2025.set) ? empty : { ...empty, ...sinceJuly2025, name };
}

/** What must be put right before the form can be sent, in the order of its fields. */
export function findFaults(values: BoundaryFormValues): Set<BoundaryFormFault> {
  const faults = new Set<BoundaryFormFault>();
  if (values.name.trim() === '') faults.add('name');
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(values.set.trim())) faults.add('set');
  if (!isDay(values.validFrom)) faults.add('validFrom');
  if (values.validTo !== '' && !isDay(values.validTo)) faults.add('validTo');
  if (isDay(values.validTo) && isDay(values.validFrom) && values.validTo <= values.validFrom) faults.add('validTo');
  if (values.province !== '' && !/^\s*\d{1,2}\s*$/.test(values.province)) faults.add('province');
  return faults;
}

/** The options to send: texts trimmed, empty ones left out, the province with its leading zero. */
export function toBoundaryOptions({
  set,
  name,
  validFrom,
  crs,
  province,
  ...optional
}: BoundaryFormValues): BoundaryOptions {
  const given = Object.entries(optional).flatMap(([key, text]) =>
    text.trim() === '' ? [] : [[key, text.trim()] as const],
  );
  return {
    set: set.trim(),
    name: name.trim(),
    validFrom,
    crs,
    ...(province.trim() === '' ? {} : { province: province.trim().padStart(2, '0') }),
    ...Object.fromEntries(given),
  };
}
