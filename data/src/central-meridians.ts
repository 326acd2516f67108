/**
 * VN-2000 / TM-3 central meridians by province, in degrees east.
 *
 * Source: Circular 973/2001/TT-TCĐC of 20 June 2001, annex, as restated in annex 2 of Circular 25/2014/TT-BTNMT
 * (one meridian per province, 3° zones, scale factor 0.9999, false easting 500 000 m). The list predates the merger of
 * provinces on 1 July 2025, and field sheets keep using the meridian of the province they were drawn for.
 */

export type FormerProvinceMeridian = { code: string; nameVi: string; centralMeridian: number };

/** The 63 provinces before 1 July 2025, by official two-digit code. */
export const formerProvinceMeridians: readonly FormerProvinceMeridian[] = (
  [
    ['01', 'Hà Nội', 105],
    ['02', 'Hà Giang', 105.5],
    ['04', 'Cao Bằng', 105.75],
    ['06', 'Bắc Kạn', 106.5],
    ['08', 'Tuyên Quang', 106],
    ['10', 'Lào Cai', 104.75],
    ['11', 'Điện Biên', 103],
    ['12', 'Lai Châu', 103],
    ['14', 'Sơn La', 104],
    ['15', 'Yên Bái', 104.75],
    ['17', 'Hoà Bình', 106],
    ['19', 'Thái Nguyên', 106.5],
    ['20', 'Lạng Sơn', 107.25],
    ['22', 'Quảng Ninh', 107.75],
    ['24', 'Bắc Giang', 107],
    ['25', 'Phú Thọ', 104.75],
    ['26', 'Vĩnh Phúc', 105],
    ['27', 'Bắc Ninh', 105.5],
    ['30', 'Hải Dương', 105.5],
    ['31', 'Hải Phòng', 105.75],
    ['33', 'Hưng Yên', 105.5],
    ['34', 'Thái Bình', 105.5],
    ['35', 'Hà Nam', 105],
    ['36', 'Nam Định', 105.5],
    ['37', 'Ninh Bình', 105],
    ['38', 'Thanh Hoá', 105],
    ['40', 'Nghệ An', 104.75],
    ['42', 'Hà Tĩnh', 105.5],
    ['44', 'Quảng Bình', 106],
    ['45', 'Quảng Trị', 106.25],
    ['46', 'Thừa Thiên Huế', 107],
    ['48', 'Đà Nẵng', 107.75],
    ['49', 'Quảng Nam', 107.75],
    ['51', 'Quảng Ngãi', 108],
    ['52', 'Bình Định', 108.25],
    ['54', 'Phú Yên', 108.5],
    ['56', 'Khánh Hoà', 108.25],
    ['58', 'Ninh Thuận', 108.25],
    ['60', 'Bình Thuận', 108.5],
    ['62', 'Kon Tum', 107.5],
    ['64', 'Gia Lai', 108.5],
    ['66', 'Đắk Lắk', 108.5],
    ['67', 'Đắk Nông', 108.5],
    ['68', 'Lâm Đồng', 107.75],
    ['70', 'Bình Phước', 106.25],
    ['72', 'Tây Ninh', 105.5],
    ['74', 'Bình Dương', 105.75],
    ['75', 'Đồng Nai', 107.75],
    ['77', 'Bà Rịa - Vũng Tàu', 107.75],
    ['79', 'Hồ Chí Minh', 105.75],
    ['80', 'Long An', 105.75],
    ['82', 'Tiền Giang', 105.75],
    ['83', 'Bến Tre', 105.75],
    ['84', 'Trà Vinh', 105.5],
    ['86', 'Vĩnh Long', 105.5],
    ['87', 'Đồng Tháp', 105],
    ['89', 'An Giang', 104.75],
    ['91', 'Kiên Giang', 104.5],
    ['92', 'Cần Thơ', 105],
    ['93', 'Hậu Giang', 105],
    ['94', 'Sóc Trăng', 105.5],
    ['95', 'Bạc Liêu', 105],
    ['96', 'Cà Mau', 104.5],
  ] as const
).map(([code, nameVi, centralMeridian]) => ({ code, nameVi, centralMeridian }));

export type ProvinceMeridian = {
  code: string;
  nameVi: string;
  /** Former provinces (codes before 1 July 2025) whose land it took, itself first when it kept its code. */
  formerCodes: readonly string[];
  /** The meridian every predecessor used, or null when they differ and no single official value was at hand. */
  centralMeridian: number | null;
  /** Every meridian that sheets of this province may carry, most likely first. Try each when nothing is declared. */
  candidates: readonly number[];
};

/** The 34 provinces since 1 July 2025 (Resolution 202/2025/QH15) and the former provinces each was made of. */
const mergers: readonly (readonly [code: string, nameVi: string, formerCodes: readonly string[]])[] = [
  ['01', 'Hà Nội', ['01']],
  ['04', 'Cao Bằng', ['04']],
  ['08', 'Tuyên Quang', ['08', '02']],
  ['11', 'Điện Biên', ['11']],
  ['12', 'Lai Châu', ['12']],
  ['14', 'Sơn La', ['14']],
  ['15', 'Lào Cai', ['10', '15']],
  ['19', 'Thái Nguyên', ['19', '06']],
  ['20', 'Lạng Sơn', ['20']],
  ['22', 'Quảng Ninh', ['22']],
  ['24', 'Bắc Ninh', ['27', '24']],
  ['25', 'Phú Thọ', ['25', '26', '17']],
  ['31', 'Hải Phòng', ['31', '30']],
  ['33', 'Hưng Yên', ['33', '34']],
  ['37', 'Ninh Bình', ['37', '35', '36']],
  ['38', 'Thanh Hoá', ['38']],
  ['40', 'Nghệ An', ['40']],
  ['42', 'Hà Tĩnh', ['42']],
  ['44', 'Quảng Trị', ['45', '44']],
  ['46', 'Huế', ['46']],
  ['48', 'Đà Nẵng', ['48', '49']],
  ['51', 'Quảng Ngãi', ['51', '62']],
  ['52', 'Gia Lai', ['64', '52']],
  ['56', 'Khánh Hoà', ['56', '58']],
  ['66', 'Đắk Lắk', ['66', '54']],
  ['68', 'Lâm Đồng', ['68', '67', '60']],
  ['75', 'Đồng Nai', ['75', '70']],
  ['79', 'Hồ Chí Minh', ['79', '74', '77']],
  ['80', 'Tây Ninh', ['72', '80']],
  ['82', 'Đồng Tháp', ['87', '82']],
  ['86', 'Vĩnh Long', ['86', '83', '84']],
  ['91', 'An Giang', ['89', '91']],
  ['92', 'Cần Thơ', ['92', '94', '93']],
  ['96', 'Cà Mau', ['96', '95']],
];

/**
 * The 34 provinces with their meridian where it follows from the list of 2001.
 * UNCERTAIN: a merged province whose parts used different meridians has `centralMeridian` null; an importer should
 * then fit the `candidates` to the boundaries, and a person should confirm.
 */
export const provinceMeridians: readonly ProvinceMeridian[] = mergers.map(([code, nameVi, formerCodes]) => {
  const candidates = [
    ...new Set(
      formerCodes.map((former) => {
        const row = formerProvinceMeridians.find((province) => province.code === former);
        if (!row) throw new Error(`no former province ${former}, named as part of ${code}`);
        return row.centralMeridian;
      }),
    ),
  ];
  return {
    code,
    nameVi,
    formerCodes,
    centralMeridian: candidates.length === 1 ? (candidates[0] ?? null) : null,
    candidates,
  };
});
