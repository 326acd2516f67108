import type { Role } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { useCommunes } from '../communes/use-communes.ts';
import { useMeta } from '../meta/use-meta.ts';

type Reaching = { role: Role; provinceCode: string | null; communeCode?: string | null | undefined };

/** Accounts as people speak of them: role, how far it reaches, moments. */
export function useAccountWords() {
  const { t } = useTranslation('access');
  const language = useLanguage();
  const { data: meta } = useMeta();
  const { data: communes } = useCommunes(undefined);

  const provinceName = (code: string): string => {
    const province = meta?.provinces.find((one) => one.code === code);
    return (language === 'vi' ? province?.nameVi : province?.nameEn) ?? code;
  };
  const communeName = (code: string): string =>
    communes?.features.find(({ properties }) => properties.code === code)?.properties.fullName ?? code;

  return {
    language,
    roleName: (role: Role) => t(`roles.${role}.name`),
    /** "Toàn bộ Tỉnh Mẫu", "Xã Việt Trung", "Toàn hệ thống". */
    reach: ({ role, provinceCode, communeCode }: Reaching): string => {
      if (role === 'commune' && communeCode) return communeName(communeCode);
      return provinceCode === null
        ? t(`roles.${role}.reachAny`)
        : t(`roles.${role}.reach`, { province: provinceName(provinceCode) });
    },
    moment: (iso: string) => formatMoment(iso),
  };
}
