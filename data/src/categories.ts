/**
 * The category tree that a new installation starts from: two levels, plus "unclassified".
 * Articles are those of the Penal Code 2015 (amended 2017). `areaType` is the type of hot-spot area the category
 * counts for: 1 social order and social evils, 2 economic, 3 environment, resources and food safety, 4 drugs.
 * Weights are all 1: severity weights are an office's decision, never a default of ours.
 * Codes are stable: they stand in stored rows and in saved mappings. Add codes, never rename them.
 */

export type AreaType = 1 | 2 | 3 | 4;

export type Category = {
  code: string;
  parent: string | null;
  nameVi: string;
  nameEn: string;
  article: string | null;
  areaType: AreaType | null;
  weight: number;
};

/** Where rows go whose category value nobody recognised or mapped. */
export const UNCLASSIFIED = 'unclassified';

type Leaf = readonly [code: string, nameVi: string, nameEn: string, article: string | null, areaType?: AreaType | null];
type Group = readonly [...group: Leaf, leaves: readonly Leaf[]];

const tree: readonly Group[] = [
  [
    'property',
    'Xâm phạm sở hữu',
    'Property crime',
    null,
    1,
    [
      ['theft_motorbike', 'Trộm cắp xe máy', 'Motorbike theft', '173'],
      ['theft_burglary', 'Trộm đột nhập nhà, trụ sở', 'Burglary', '173'],
      ['theft_bicycle', 'Trộm cắp xe đạp, xe đạp điện', 'Bicycle theft', '173'],
      ['theft_pickpocket', 'Móc túi', 'Pickpocketing', '173'],
      ['theft_livestock', 'Trộm cắp gia súc, nông sản', 'Theft of livestock or crops', '173'],
      ['theft_other', 'Trộm cắp tài sản khác', 'Other theft', '173'],
      ['robbery', 'Cướp tài sản', 'Robbery', '168'],
      ['snatching', 'Cướp giật tài sản', 'Snatching', '171'],
      ['extortion', 'Cưỡng đoạt tài sản', 'Extortion', '170'],
      ['fraud_online', 'Lừa đảo qua mạng, điện thoại', 'Online and telephone fraud', '174'],
      ['fraud_other', 'Lừa đảo chiếm đoạt tài sản khác', 'Other fraud', '174'],
      ['abuse_of_trust', 'Lạm dụng tín nhiệm chiếm đoạt tài sản', 'Abuse of trust', '175'],
      ['property_damage', 'Huỷ hoại, cố ý làm hư hỏng tài sản', 'Property damage', '178'],
    ],
  ],
  [
    'violence',
    'Xâm phạm tính mạng, sức khoẻ',
    'Violence',
    null,
    1,
    [
      ['murder', 'Giết người', 'Murder', '123'],
      ['injury', 'Cố ý gây thương tích', 'Intentional injury', '134'],
      ['domestic_violence', 'Bạo lực gia đình', 'Domestic violence', null],
      ['sexual_offence', 'Xâm hại tình dục', 'Sexual offences', '141–147'],
      ['unlawful_detention', 'Bắt, giữ người trái pháp luật', 'Unlawful detention', '157'],
    ],
  ],
  [
    'public_order',
    'Trật tự công cộng',
    'Public order',
    null,
    1,
    [
      ['disturbance', 'Gây rối trật tự công cộng', 'Public disturbance', '318'],
      ['resisting_officer', 'Chống người thi hành công vụ', 'Resisting an officer', '330'],
      ['street_racing', 'Tụ tập, đua xe trái phép', 'Illegal street racing', '266'],
      ['weapons', 'Vũ khí, vật liệu nổ, công cụ hỗ trợ', 'Weapons and explosives', '304–306'],
      ['fireworks', 'Pháo nổ trái phép', 'Illegal firecrackers', '190–191'],
      ['noise', 'Gây mất yên tĩnh chung', 'Noise', null],
    ],
  ],
  [
    'drugs',
    'Ma tuý',
    'Drugs',
    '247–259',
    4,
    [
      ['drug_possession', 'Tàng trữ trái phép chất ma tuý', 'Drug possession', '249'],
      ['drug_trafficking', 'Mua bán, vận chuyển trái phép chất ma tuý', 'Drug dealing and transport', '250–251'],
      ['drug_organised_use', 'Tổ chức, chứa chấp sử dụng ma tuý', 'Organising or harbouring drug use', '255–256'],
      ['drug_use', 'Sử dụng trái phép chất ma tuý', 'Drug use', null],
      ['drug_cultivation', 'Trồng cây có chứa chất ma tuý', 'Growing drug plants', '247'],
    ],
  ],
  [
    'gambling',
    'Cờ bạc',
    'Gambling',
    '321–322',
    1,
    [
      ['gambling_play', 'Đánh bạc', 'Gambling', '321'],
      ['gambling_organised', 'Tổ chức đánh bạc, gá bạc', 'Organised gambling', '322'],
      ['gambling_lottery', 'Lô đề, cá độ', 'Illegal lottery and betting', '321'],
    ],
  ],
  [
    'prostitution',
    'Mại dâm',
    'Prostitution',
    null,
    1,
    [
      ['prostitution_harbouring', 'Chứa, môi giới mại dâm', 'Harbouring or procuring', '327–328'],
      ['prostitution_sale', 'Mua, bán dâm', 'Buying or selling sex', null],
    ],
  ],
  [
    'usury',
    'Tín dụng đen',
    'Usurious lending',
    '201',
    1,
    [
      ['usury_lending', 'Cho vay lãi nặng', 'Lending at usurious interest', '201'],
      ['usury_collection', 'Đòi nợ trái pháp luật', 'Unlawful debt collection', null],
    ],
  ],
  [
    'economic',
    'Kinh tế',
    'Economic offences',
    null,
    2,
    [
      ['smuggling', 'Buôn lậu, vận chuyển hàng cấm', 'Smuggling and banned goods', '188–191'],
      ['counterfeit', 'Sản xuất, buôn bán hàng giả', 'Counterfeit goods', '192–195'],
      ['tax_invoice', 'Trốn thuế, mua bán hoá đơn', 'Tax evasion and invoice trading', '200, 203'],
      ['corruption', 'Tham nhũng, chức vụ', 'Corruption', '353–359'],
    ],
  ],
  [
    'environment',
    'Môi trường, tài nguyên, an toàn thực phẩm',
    'Environment, resources and food safety',
    null,
    3,
    [
      ['pollution', 'Gây ô nhiễm, xả thải', 'Pollution and dumping', '235'],
      ['sand_mining', 'Khai thác cát, khoáng sản trái phép', 'Illegal sand and mineral mining', '227'],
      ['forest_fishery', 'Huỷ hoại rừng, thuỷ sản', 'Forest and fishery destruction', '242–243'],
      ['food_safety', 'Vi phạm an toàn thực phẩm', 'Food safety', '317'],
    ],
  ],
  [
    'traffic',
    'Giao thông',
    'Traffic',
    null,
    null,
    [
      ['traffic_collision', 'Va chạm giao thông', 'Traffic collision', null],
      ['traffic_serious', 'Tai nạn giao thông nghiêm trọng', 'Serious traffic accident', '260'],
      ['traffic_waterway', 'Tai nạn đường thuỷ, đường sắt', 'Waterway or railway accident', '267–272'],
    ],
  ],
  [
    'fire',
    'Cháy, nổ, sự cố',
    'Fire, explosion and rescue',
    null,
    null,
    [
      ['fire_building', 'Cháy nhà, cơ sở', 'Building fire', '313'],
      ['fire_vegetation', 'Cháy rừng, đồng, bãi', 'Vegetation fire', '313'],
      ['explosion', 'Nổ', 'Explosion', '313'],
      ['drowning_rescue', 'Đuối nước, cứu nạn', 'Drowning and rescue', null],
    ],
  ],
  [
    'disputes',
    'Tranh chấp, khiếu kiện',
    'Disputes and complaints',
    null,
    1,
    [
      ['dispute_land', 'Tranh chấp đất đai', 'Land dispute', null],
      ['dispute_environment', 'Khiếu kiện về môi trường', 'Environmental complaint', null],
      ['dispute_clearance', 'Khiếu kiện giải phóng mặt bằng', 'Site-clearance complaint', null],
      ['dispute_labour', 'Đình công, tranh chấp lao động', 'Strike or labour dispute', null],
      ['dispute_neighbour', 'Mâu thuẫn trong dân cư', 'Neighbour dispute', null],
    ],
  ],
  [
    'administrative',
    'Vi phạm hành chính',
    'Administrative violations',
    null,
    1,
    [
      ['admin_residence', 'Vi phạm về cư trú', 'Residence rules', null],
      ['admin_conditional_business', 'Vi phạm ngành nghề kinh doanh có điều kiện', 'Conditional business rules', null],
      ['admin_obstruction', 'Lấn chiếm vỉa hè, lòng đường', 'Obstructing pavements and roads', null],
      ['admin_other', 'Vi phạm hành chính khác', 'Other administrative violation', null],
    ],
  ],
];

function toCategory([code, nameVi, nameEn, article, areaType]: Leaf, parent: string | null): Category {
  return { code, parent, nameVi, nameEn, article, areaType: areaType ?? null, weight: 1 };
}

/** The whole tree, each parent before its children. A leaf counts for its group's area type. */
export const categories: readonly Category[] = [
  ...tree.flatMap(([code, nameVi, nameEn, article, areaType, leaves]) => [
    toCategory([code, nameVi, nameEn, article, areaType], null),
    ...leaves.map((leaf) => toCategory([leaf[0], leaf[1], leaf[2], leaf[3], leaf[4] ?? areaType], code)),
  ]),
  toCategory([UNCLASSIFIED, 'Chưa phân loại', 'Unclassified', null, null], null),
];
