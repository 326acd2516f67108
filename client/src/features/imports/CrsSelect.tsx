import type { SelectHTMLAttributes } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/Select.tsx';
import { crsChoices } from './crs-choices.ts';
import { useCrsName } from './use-crs-name.ts';

type CrsSelectProps = Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange' | 'value'> & {
  /** `auto`, a code of crs-choices, or '' for the option that `keepLabel` names. */
  value: string;
  /** What the file is read as now; absent = there is no such option. */
  keepLabel?: string;
  autoLabel: string;
  isChanged?: boolean;
  onChange: (crs: string) => void;
};

/** Choice of a coordinate system: found by itself, WGS84, VN-2000 UTM, VN-2000 3° zones by meridian. */
export function CrsSelect({ keepLabel, autoLabel, onChange, ...rest }: CrsSelectProps) {
  const { t } = useTranslation('imports');
  const nameOf = useCrsName();
  return (
    <Select {...rest} onChange={(event) => onChange(event.currentTarget.value)}>
      {keepLabel !== undefined && <option value="">{keepLabel}</option>}
      <option value="auto">{autoLabel}</option>
      {(['geographic', 'utm', 'tm3'] as const).map((group) => (
        <optgroup key={group} label={t(`crs.groups.${group}`)}>
          {crsChoices
            .filter((choice) => choice.group === group)
            .map(({ code }) => (
              <option key={code} value={code}>
                {nameOf(code)}
              </option>
            ))}
        </optgroup>
      ))}
    </Select>
  );
}
