import type { Evidence, EvidenceControls, EvidenceDisplacement, EvidenceWindow } from './evidence-answer.ts';
import { LEAST_RECORDS, Z_95_ONE_SIDED } from './evidence-reading.ts';
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
      vi: 'bằng chứng không đủ: địa bàn chưa được vẽ trên bản đồ nên chưa đếm được số vụ',
      en: 'not enough evidence: the area is not drawn on the map yet, so no records can be counted',
    }[language];
  if (stage === 'no-step' || startedOn === null)
    return {
      vi: 'bằng chứng không đủ: địa bàn chưa được đưa vào diện và chưa bắt đầu chuyển hóa nên chưa có mốc để so sánh',
      en: 'not enough evidence: it was neither listed nor transformed yet, so there is nothing to compare',
    }[language];
  const months = evidence?.after?.months.length ?? 0;
  return {
    vi: `bằng chứng không đủ: tính từ ${dayOf(startedOn, 'vi')} mới có ${months} tháng có báo cáo ở cả hai năm, cần ít nhất 3 tháng`,
    en: `not enough evidence: since ${dayOf(startedOn, 'en')} only ${months} ${months === 1 ? 'month was' : 'months were'} reported in both years, and at least 3 are needed`,
  }[language];
}

function powerClause({ power }: SentenceFacts, language: Language): string {
  if (power === null) return '';
  const count = whole(power.count, language);
  const fall = power.detectableFall === null ? null : percent(power.detectableFall, language);
  if (language === 'vi')
    return fall === null
      ? `với ${count} vụ trong một năm thì giảm bao nhiêu cũng chưa đủ để nhận ra`
      : `với ${count} vụ trong một năm, chỉ mức giảm từ ${fall} trở lên mới dễ nhận ra (8 trong 10 lần)`;
  const records = power.count === 1 ? 'record' : 'records';
  return fall === null
    ? `with ${count} ${records} in a year no fall at all could be seen`
    : `with ${count} ${records} in a year only a fall of ${fall} or more is likely to be seen (8 times in 10)`;
}

function ownClause(before: EvidenceWindow, after: EvidenceWindow, ratio: RateRatio | null, language: Language): string {
  const [from, to] = [whole(before.count, language), whole(after.count, language)];
  const interval = ratioText(ratio, language, { vi: ' kỳ trước', en: ' of before' });
  if (language === 'vi') {
    const change =
      after.count === before.count
        ? { from: 'vẫn là', to: 'và' }
        : after.count < before.count
          ? { from: 'giảm từ', to: 'xuống' }
          : { from: 'tăng từ', to: 'lên' };
    const told = `số vụ ${change.from} ${from} (${span(before)}) ${change.to} ${to} trong cùng các tháng của năm sau (${span(after)})`;
    return interval === '' ? told : `${told}, bằng ${interval}`;
  }
  const told = `records went from ${from} (${span(before)}) to ${to} in the same months of the next year (${span(after)})`;
  return interval === '' ? told : `${told}, which is ${interval}`;
}

function controlsClause(controls: EvidenceControls | null, language: Language): string {
  if (controls === null) return '';
  if (!controls.isUsable) {
    const why = {
      'too-few': { vi: 'quá ít nơi', en: 'too few places' },
      level: { vi: 'số vụ hoặc chiều hướng trước đó quá khác', en: 'another level or course before' },
      density: { vi: 'mật độ dân cư quá khác', en: 'another density of people' },
      mix: { vi: 'cơ cấu loại vụ việc quá khác', en: 'another mix of types' },
    }[controls.reason ?? 'too-few'];
    return language === 'vi'
      ? `không có đủ nơi tương tự để so sánh (${why.vi})`
      : `no places are alike enough to compare with (${why.en})`;
  }
  const places = controls.areas.length;
  const [from, to] = [whole(controls.before, language), whole(controls.after, language)];
  const interval = ratioText(controls.ratio, language, {
    vi: ' mức sẽ có nếu diễn biến như các nơi đó',
    en: ' of what would be there had it gone like them',
  });
  if (language === 'vi') {
    const told = `trong cùng thời gian, ${places} nơi tương tự từ ${from} thành ${to} vụ`;
    return interval === '' ? told : `${told}, nên số vụ của địa bàn bằng ${interval}`;
  }
  const told = `${places} similar places went from ${from} to ${to} at the same time`;
  return interval === '' ? told : `${told}, so the area has ${interval}`;
}

function ringClause({ displacement, controls }: Evidence, language: Language): string {
  if (displacement === null || controls === null || !controls.isUsable) return '';
  const { wdd, low, high } = displacement.wdd;
  const [change, least, most] = [wdd, low, high].map((value) => moreOrFewer(value, language));
  return language === 'vi'
    ? `tính chung địa bàn và vành đai xung quanh, ${change} so với nếu cũng diễn biến như các nơi đó (khoảng tin cậy 95%: từ ${least} đến ${most})`
    : `the area and the ring around it together have ${change} than had they gone like those places (95% interval: ${least} to ${most})`;
}

type Told = Record<Language, string>;

function readingClause(evidence: Evidence, language: Language): string {
  const told = { strong: strongWords, weak: weakWords, against: againstWords, insufficient: insufficientWords };
  return told[evidence.reading](evidence)[language];
}

function strongWords(): Told {
  return {
    vi: 'bằng chứng mạnh: giảm rõ rệt hơn các nơi tương tự, tính cả vành đai xung quanh vẫn giảm hơn; số liệu không cho biết nguyên nhân',
    en: 'strong evidence: it fell clearly more than the similar places, also with the ring around it counted in; the records do not tell why',
  };
}

function weakWords({ controls, displacement, before, warnings }: Evidence): Told {
  if (controls?.isUsable !== true)
    return {
      vi: 'bằng chứng yếu: giảm vượt mức ngẫu nhiên so với chính địa bàn kỳ trước, nhưng không có nơi tương tự để đối chiếu',
      en: 'weak evidence: it fell beyond chance against its own past, with nothing to hold it against',
    };
  if ((controls.ratio.high ?? Infinity) >= 1)
    return {
      vi: 'bằng chứng yếu: giảm so với chính địa bàn kỳ trước, nhưng chưa chắc đã giảm nhiều hơn các nơi tương tự',
      en: 'weak evidence: it fell against its own past, but not clearly more than the similar places',
    };
  if ((displacement?.wdd.z ?? 0) >= -Z_95_ONE_SIDED)
    return {
      vi: 'bằng chứng yếu: giảm nhiều hơn các nơi tương tự, nhưng một phần có thể đã chuyển sang xung quanh',
      en: 'weak evidence: it fell more than the similar places, but part of it may have moved around it',
    };
  if ((before?.count ?? 0) < LEAST_RECORDS)
    return {
      vi: 'bằng chứng yếu: giảm nhiều hơn các nơi tương tự, nhưng kỳ trước quá ít vụ, thêm bớt một vụ cũng có thể làm khác đi',
      en: 'weak evidence: it fell more than the similar places, but from so few records that one more or less could decide',
    };
  return warnings.includes('short-before')
    ? {
        vi: 'bằng chứng yếu: giảm nhiều hơn các nơi tương tự, nhưng thiếu số liệu của năm trước nữa nên chưa biết có phải vốn đang giảm',
        en: 'weak evidence: it fell more than the similar places, but without the year before that an earlier fall cannot be told',
      }
    : {
        vi: 'bằng chứng yếu: giảm nhiều hơn các nơi tương tự, nhưng có thể chỉ vì kỳ trước cao bất thường hoặc vốn đang giảm',
        en: 'weak evidence: it fell more than the similar places, but perhaps only after an unusual year or an earlier fall',
      };
}

function againstWords({ controls, dispersedRatio, displacement }: Evidence): Told {
  // As `readingOf` asks: only where it went better than elsewhere can it be the ring.
  const against = controls?.ratio.ratio ?? dispersedRatio?.ratio ?? 1;
  if (against < 1) return ringRoseWords(displacement, controls?.isUsable === true);
  return (dispersedRatio?.low ?? 0) > 1
    ? { vi: 'trái chiều: số vụ tăng vượt mức ngẫu nhiên', en: 'against: records rose beyond chance' }
    : {
        vi: 'trái chiều: diễn biến xấu hơn rõ rệt so với các nơi tương tự',
        en: 'against: it did clearly worse than the similar places',
      };
}

/** Held against other rings it may have risen although its own records fell. */
function ringRoseWords(displacement: EvidenceDisplacement | null, isCompared: boolean): Told {
  const { before, after } = displacement ?? { before: 0, after: 0 };
  const count = (language: Language) => ({ from: whole(before, language), to: whole(after, language) });
  const [vi, en] = [count('vi'), count('en')];
  return isCompared
    ? {
        vi: `trái chiều: vành đai xung quanh từ ${vi.from} thành ${vi.to} vụ, xấu hơn rõ rệt so với vành đai của các nơi tương tự, tính chung với địa bàn thì không giảm hơn các nơi đó`,
        en: `against: the ring around it went from ${en.from} to ${en.to} records, clearly worse than the rings of the similar places, with no fall in all beyond theirs`,
      }
    : {
        vi: `trái chiều: vành đai xung quanh tăng từ ${vi.from} lên ${vi.to} vụ, tính chung với địa bàn thì không giảm`,
        en: `against: the ring around it rose from ${en.from} to ${en.to} records, with no fall in all`,
      };
}

function insufficientWords({ dispersedRatio }: Evidence): Told {
  if ((dispersedRatio?.high ?? Infinity) < 1)
    return {
      vi: 'bằng chứng không đủ: có giảm, nhưng chưa vượt mức tự giảm hoặc mức giảm chung ở nơi khác',
      en: 'not enough evidence: it fell, but not beyond what it would fall by itself or what fell elsewhere',
    };
  if ((dispersedRatio?.low ?? 0) > 1)
    return {
      vi: 'bằng chứng không đủ: có tăng, nhưng chưa rõ là tăng nhiều hơn nơi khác',
      en: 'not enough evidence: it rose, but not clearly more than elsewhere',
    };
  return {
    vi: 'bằng chứng không đủ: chênh lệch như vậy có thể chỉ là ngẫu nhiên',
    en: 'not enough evidence: such a difference may be chance alone',
  };
}

function cautionClause({ warnings, regression }: Evidence, { power }: SentenceFacts, language: Language): string {
  const cautions: string[] = [];
  if (regression?.isLarge === true) {
    const fall = percent(1 - regression.expectedRatio, language);
    cautions.push(
      language === 'vi'
        ? `nơi được chọn vì kỳ trước nhiều vụ thường tự giảm, ở đây ước khoảng ${fall} dù không làm gì`
        : `places picked for a bad year fall by themselves, here by about ${fall} if nothing is done`,
    );
  }
  if (warnings.includes('few-records')) {
    const fall = power?.detectableFall;
    const least = fall === null || fall === undefined ? '' : percent(fall, language);
    cautions.push(
      language === 'vi'
        ? `ít vụ${least === '' ? '' : `, chỉ mức giảm từ ${least} trở lên mới dễ nhận ra`}`
        : `few records${least === '' ? '' : `, only a fall of ${least} or more is likely to be seen`}`,
    );
  }
  if (warnings.includes('unreported'))
    cautions.push(
      language === 'vi'
        ? 'tháng chưa có báo cáo được bỏ ra ở cả hai kỳ'
        : 'months not reported were left out on both sides',
    );
  if (cautions.length === 0) return '';
  return `${language === 'vi' ? 'lưu ý' : 'mind'}: ${cautions.join(', ')}`;
}

/** '55% kỳ trước (khoảng tin cậy 95%: 31%–94%)': how much of what it is held against; '' where nothing can be divided. */
function ratioText(ratio: RateRatio | null, language: Language, of: Told): string {
  if (ratio?.ratio === null || ratio === null || ratio.ratio === Infinity || ratio.low === null || ratio.high === null)
    return '';
  const interval = `${percent(ratio.low, language)}–${percent(ratio.high, language)}`;
  return language === 'vi'
    ? `${percent(ratio.ratio, 'vi')}${of.vi} (khoảng tin cậy 95%: ${interval})`
    : `${percent(ratio.ratio, 'en')}${of.en} (95% interval: ${interval})`;
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

/** 'ít hơn 560 vụ'. */
function moreOrFewer(value: number, language: Language): string {
  const rounded = Math.round(value);
  const count = whole(Math.abs(rounded), language);
  if (language === 'vi') return rounded === 0 ? 'không chênh' : `${rounded < 0 ? 'ít hơn' : 'nhiều hơn'} ${count} vụ`;
  return `${count} ${rounded < 0 ? 'fewer' : 'more'}`;
}

function format(value: number, language: Language, digits: number): string {
  return new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: digits }).format(value);
}
