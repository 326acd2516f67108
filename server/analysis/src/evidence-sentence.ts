import type { Evidence, EvidenceControls, EvidenceWindow } from './evidence-answer.ts';
import type { RateRatio } from './rate-ratio.ts';

export interface SentenceFacts {
  readonly stage: 'no-place' | 'no-step' | 'too-early' | 'measured';
  /** Day that "after" begins, 'YYYY-MM-DD'; null when nothing began. */
  readonly startedOn: string | null;
  /** Records of a year before, and the least fall that so few would show. */
  readonly power: { readonly count: number; readonly detectableFall: number | null } | null;
}

type Language = 'vi' | 'en';

/**
 * What the records say, in one plain sentence of each language: the numbers with their interval, the comparison with like places,
 * the ring, the reading, and the caution. Never a word on the official result, nor on what will be.
 * @param evidence null where the stage is no-place or no-step
 */
export function evidenceSentence(evidence: Evidence | null, facts: SentenceFacts): { vi: string; en: string } {
  return { vi: tell(evidence, facts, 'vi'), en: tell(evidence, facts, 'en') };
}

function tell(evidence: Evidence | null, facts: SentenceFacts, language: Language): string {
  const clauses =
    evidence === null || evidence.stage === 'too-early' || evidence.before === null || evidence.after === null
      ? [cannotBeRead(evidence, facts, language), powerClause(facts, language)]
      : [
          ownClause(evidence.before, evidence.after, evidence.ratio, language),
          controlsClause(evidence.controls, language),
          ringClause(evidence, language),
          readingClause(evidence, language),
          cautionClause(evidence, facts, language),
        ];
  const sentence = clauses.filter((clause) => clause !== '').join('; ');
  return `${sentence[0].toUpperCase()}${sentence.slice(1)}.`;
}

function cannotBeRead(evidence: Evidence | null, { stage, startedOn }: SentenceFacts, language: Language): string {
  if (stage === 'no-place')
    return {
      vi: 'bằng chứng không đủ: địa bàn chưa được vẽ trên bản đồ nên chưa đếm được vụ việc',
      en: 'not enough evidence: the area is not drawn on the map yet, so no records can be counted',
    }[language];
  if (stage === 'no-step' || startedOn === null)
    return {
      vi: 'bằng chứng không đủ: chưa đưa vào diện hay chuyển hóa nên chưa có gì để so sánh',
      en: 'not enough evidence: it was neither listed nor transformed yet, so there is nothing to compare',
    }[language];
  const months = evidence?.after?.months.length ?? 0;
  return {
    vi: `bằng chứng không đủ: từ ${dayOf(startedOn, 'vi')} mới có ${months} tháng được báo cáo ở cả hai năm, cần ít nhất 3`,
    en: `not enough evidence: since ${dayOf(startedOn, 'en')} only ${months} ${months === 1 ? 'month was' : 'months were'} reported in both years, and at least 3 are needed`,
  }[language];
}

function powerClause({ power }: SentenceFacts, language: Language): string {
  if (power === null) return '';
  const count = whole(power.count, language);
  const fall = power.detectableFall === null ? null : percent(power.detectableFall, language);
  if (language === 'vi')
    return fall === null
      ? `với ${count} vụ trong một năm, không mức giảm nào có thể nhìn thấy được`
      : `với ${count} vụ trong một năm, chỉ mức giảm từ ${fall} trở lên mới dễ nhìn thấy (8 trong 10 lần)`;
  const records = power.count === 1 ? 'record' : 'records';
  return fall === null
    ? `with ${count} ${records} in a year no fall at all could be seen`
    : `with ${count} ${records} in a year only a fall of ${fall} or more is likely to be seen (8 times in 10)`;
}

function ownClause(before: EvidenceWindow, after: EvidenceWindow, ratio: RateRatio | null, language: Language): string {
  const [from, to] = [whole(before.count, language), whole(after.count, language)];
  const interval = ratioText(ratio, language);
  if (language === 'vi') {
    const way = after.count < before.count ? 'xuống' : after.count > before.count ? 'lên' : 'và vẫn';
    const told = `số vụ từ ${from} (${span(before)}) ${way} ${to} trong cùng các tháng ${span(after)}`;
    return interval === '' ? told : `${told}, bằng ${interval}`;
  }
  const told = `records went from ${from} (${span(before)}) to ${to} in the same months ${span(after)}`;
  return interval === '' ? told : `${told}, which is ${interval}`;
}

function controlsClause(controls: EvidenceControls | null, language: Language): string {
  if (controls === null) return '';
  if (!controls.isUsable) {
    const why = {
      'too-few': { vi: 'quá ít nơi', en: 'too few places' },
      level: { vi: 'khác mức hoặc khác chiều hướng trước đó', en: 'another level or course before' },
      density: { vi: 'khác mật độ dân cư', en: 'another density of people' },
      mix: { vi: 'khác cơ cấu loại vụ việc', en: 'another mix of types' },
    }[controls.reason ?? 'too-few'];
    return language === 'vi'
      ? `không có nơi nào đủ giống để so sánh (${why.vi})`
      : `no places are alike enough to compare with (${why.en})`;
  }
  const places = controls.areas.length;
  const [from, to] = [whole(controls.before, language), whole(controls.after, language)];
  const interval = ratioText(controls.ratio, language);
  if (language === 'vi') {
    const told = `${places} nơi tương tự cùng lúc đó từ ${from} thành ${to} vụ`;
    return interval === '' ? told : `${told}, nên so với các nơi đó là ${interval}`;
  }
  const told = `${places} similar places went from ${from} to ${to} at the same time`;
  return interval === '' ? told : `${told}, so against them it is ${interval}`;
}

function ringClause({ displacement, controls }: Evidence, language: Language): string {
  if (displacement === null || controls === null || !controls.isUsable) return '';
  const { wdd, low, high } = displacement.wdd;
  const change = signed(wdd, language);
  const limits = `${signed(low, language)} ${language === 'vi' ? 'đến' : 'to'} ${signed(high, language)}`;
  return language === 'vi'
    ? `cả địa bàn và vành đai xung quanh chênh ${change} vụ so với mức chờ đợi theo các nơi đó (${limits})`
    : `the area and the ring around it together stand ${change} records from what those places would have (${limits})`;
}

function readingClause(evidence: Evidence, language: Language): string {
  const { reading, controls, dispersedRatio, displacement } = evidence;
  const isUsable = controls?.isUsable === true;
  const told = (() => {
    switch (reading) {
      case 'strong':
        return {
          vi: 'bằng chứng mạnh: giảm hơn hẳn các nơi tương tự và không thấy dời sang bên cạnh',
          en: 'strong evidence: it fell beyond the similar places, and no move next door is seen',
        };
      case 'weak':
        if (!isUsable)
          return {
            vi: 'bằng chứng yếu: giảm hơn mức ngẫu nhiên so với chính nơi này, nhưng không có gì để đối chiếu',
            en: 'weak evidence: it fell beyond chance against its own past, with nothing to hold it against',
          };
        if ((controls.ratio.high ?? Infinity) < 1 && (displacement?.wdd.high ?? 0) < 0)
          return {
            vi: 'bằng chứng yếu: giảm hơn các nơi tương tự, nhưng có thể chỉ vì năm trước cao bất thường hoặc vốn đang giảm',
            en: 'weak evidence: it fell beyond the similar places, but perhaps only after an unusual year or an earlier fall',
          };
        return (controls.ratio.high ?? Infinity) < 1
          ? {
              vi: 'bằng chứng yếu: giảm hơn các nơi tương tự, nhưng có thể một phần đã dời sang xung quanh',
              en: 'weak evidence: it fell beyond the similar places, but part of it may have moved around it',
            }
          : {
              vi: 'bằng chứng yếu: giảm so với chính nơi này, nhưng chưa rõ hơn các nơi tương tự',
              en: 'weak evidence: it fell against its own past, but not clearly more than the similar places',
            };
      case 'against':
        if ((dispersedRatio?.ratio ?? 0) > 1)
          return {
            vi: 'trái chiều: số vụ tăng hơn mức ngẫu nhiên',
            en: 'against: records rose beyond chance',
          };
        return isUsable && (controls.ratio.low ?? 0) > 1
          ? {
              vi: 'trái chiều: kém hơn hẳn các nơi tương tự',
              en: 'against: it did clearly worse than the similar places',
            }
          : {
              vi: `trái chiều: vành đai xung quanh tăng từ ${whole(displacement?.before ?? 0, 'vi')} lên ${whole(displacement?.after ?? 0, 'vi')} vụ, cộng lại không giảm`,
              en: `against: the ring around it rose from ${whole(displacement?.before ?? 0, 'en')} to ${whole(displacement?.after ?? 0, 'en')} records, with no fall in all`,
            };
      case 'insufficient':
        return {
          vi: 'bằng chứng không đủ: chênh lệch như vậy có thể chỉ là ngẫu nhiên',
          en: 'not enough evidence: such a difference may be chance alone',
        };
    }
  })();
  return told[language];
}

function cautionClause({ warnings, regression }: Evidence, { power }: SentenceFacts, language: Language): string {
  const cautions: string[] = [];
  if (regression?.isLarge === true) {
    const fall = percent(1 - regression.expectedRatio, language);
    cautions.push(
      language === 'vi'
        ? `nơi được chọn vì năm trước cao nhất thường tự giảm, ở đây khoảng ${fall} dù không làm gì`
        : `places picked for a bad year fall by themselves, here by about ${fall} if nothing is done`,
    );
  }
  if (warnings.includes('few-records')) {
    const fall = power?.detectableFall;
    const least = fall === null || fall === undefined ? '' : percent(fall, language);
    cautions.push(
      language === 'vi'
        ? `ít vụ việc${least === '' ? '' : `, chỉ mức giảm từ ${least} mới dễ nhìn thấy`}`
        : `few records${least === '' ? '' : `, only a fall of ${least} or more is likely to be seen`}`,
    );
  }
  if (warnings.includes('unreported'))
    cautions.push(
      language === 'vi' ? 'có tháng chưa báo cáo nên không được so sánh' : 'months not reported were left out',
    );
  if (cautions.length === 0) return '';
  return `${language === 'vi' ? 'lưu ý' : 'mind'}: ${cautions.join(', ')}`;
}

/** '55% (khoảng tin cậy 95%: 31%–94%)': what is left; '' where nothing can be divided. */
function ratioText(ratio: RateRatio | null, language: Language): string {
  if (ratio?.ratio === null || ratio === null || ratio.ratio === Infinity || ratio.low === null || ratio.high === null)
    return '';
  const interval = `${percent(ratio.low, language)}–${percent(ratio.high, language)}`;
  return language === 'vi'
    ? `${percent(ratio.ratio, 'vi')} (khoảng tin cậy 95%: ${interval})`
    : `${percent(ratio.ratio, 'en')} (95% interval ${interval})`;
}

/** '03/2024–02/2025'. */
function span({ months }: EvidenceWindow): string {
  const told = (month: number) => `${String((month % 12) + 1).padStart(2, '0')}/${Math.floor(month / 12)}`;
  const [first, last] = [months[0], months[months.length - 1]];
  return first === last ? told(first) : `${told(first)}–${told(last)}`;
}

function dayOf(day: string, language: Language): string {
  return language === 'vi' ? day.split('-').reverse().join('/') : day;
}

const LOCALES: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' };

function whole(value: number, language: Language): string {
  return format(value, language, 0);
}

function percent(share: number, language: Language): string {
  const value = 100 * share;
  return `${format(value, language, value < 10 ? 1 : 0)}%`;
}

function signed(value: number, language: Language): string {
  const rounded = Math.round(value);
  return rounded === 0 ? '0' : `${rounded < 0 ? '−' : '+'}${format(Math.abs(rounded), language, 0)}`;
}

function format(value: number, language: Language, digits: number): string {
  return new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: digits }).format(value);
}
