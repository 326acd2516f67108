import { expect, test } from 'vitest';
import type { Evidence, EvidenceControls } from './evidence-answer.ts';
import { evidenceSentence, type SentenceFacts } from './evidence-sentence.ts';

const months = Array.from({ length: 12 }, (_, i) => 12 * 2024 + 2 + i);
const facts: SentenceFacts = {
  stage: 'measured',
  startedOn: '2025-03-01',
  power: { count: 1240, detectableFall: 0.125 },
};
const controls: EvidenceControls = {
  isUsable: true,
  reason: null,
  candidates: 900,
  areas: Array.from({ length: 8 }, () => ({ cell: 'x', cells: ['x'], commune: 0, before: 1000, after: 1010 })),
  before: 8000,
  after: 8080,
  balance: { level: 0, trend: 0, density: 0, mix: 0 },
  ratio: { ratio: 0.545, low: 0.48, high: 0.62, p: 0 },
};
const measured: Evidence = {
  stage: 'measured',
  before: { from: '2024-03-01', to: '2025-03-01', months, count: 1240, days: 365 },
  after: { from: '2025-03-01', to: '2026-03-01', months: months.map((month) => month + 12), count: 682, days: 365 },
  ratio: { ratio: 0.55, low: 0.5, high: 0.605, p: 0 },
  eTestP: 0,
  dispersion: 1.2,
  dispersedRatio: { ratio: 0.55, low: 0.49, high: 0.61, p: 0 },
  controls,
  displacement: {
    ring: ['y'],
    ringHidden: 0,
    before: 500,
    after: 510,
    controlBefore: 4000,
    controlAfter: 4000,
    wdd: { wdd: -560.4, se: 60, z: -9, p: 0, low: -678, high: -442.8 },
    wdq: null,
  },
  regression: { expectedRatio: 0.875, isLarge: true },
  reading: 'strong',
  warnings: [],
};

test('names numbers, intervals, controls, the ring, the reading and the caution', () => {
  expect(evidenceSentence(measured, facts)).toEqual({
    vi: 'Số vụ giảm từ 1.240 (03/2024–02/2025) xuống 682 trong cùng các tháng của năm sau (03/2025–02/2026), bằng 55% kỳ trước (khoảng tin cậy 95%: 50%–61%); trong cùng thời gian, 8 nơi tương tự từ 8.000 thành 8.080 vụ, nên số vụ của địa bàn bằng 55% mức sẽ có nếu diễn biến như các nơi đó (khoảng tin cậy 95%: 48%–62%); tính chung địa bàn và vành đai xung quanh, ít hơn 560 vụ so với nếu cũng diễn biến như các nơi đó (khoảng tin cậy 95%: từ ít hơn 678 vụ đến ít hơn 443 vụ); bằng chứng mạnh: giảm rõ rệt hơn các nơi tương tự, tính cả vành đai xung quanh vẫn giảm hơn; số liệu không cho biết nguyên nhân; lưu ý: nơi được chọn vì kỳ trước nhiều vụ thường tự giảm, ở đây ước khoảng 13% dù không làm gì.',
    en: 'Records went from 1,240 (03/2024–02/2025) to 682 in the same months of the next year (03/2025–02/2026), which is 55% of before (95% interval: 50%–61%); 8 similar places went from 8,000 to 8,080 at the same time, so the area has 55% of what would be there had it gone like them (95% interval: 48%–62%); the area and the ring around it together have 560 fewer than had they gone like those places (95% interval: 678 fewer to 443 fewer); strong evidence: it fell clearly more than the similar places, also with the ring around it counted in; the records do not tell why; mind: places picked for a bad year fall by themselves, here by about 13% if nothing is done.',
  });
});

test('every reading is named with its word, and why', () => {
  const vi = (change: Partial<Evidence>) => evidenceSentence({ ...measured, ...change }, facts).vi;
  const unusable: EvidenceControls = {
    ...controls,
    isUsable: false,
    reason: 'mix',
    ratio: { ratio: null, low: null, high: null, p: null },
  };
  const unclear: EvidenceControls = { ...controls, ratio: { ratio: 0.9, low: 0.7, high: 1.2, p: 0.4 } };
  const worse: EvidenceControls = { ...controls, ratio: { ratio: 1.3, low: 1.1, high: 1.5, p: 0 } };
  const moved = { ...measured.displacement!, wdd: { ...measured.displacement!.wdd, z: -1 } };
  const rose = { ratio: 2, low: 1.5, high: 3, p: 0 };
  expect(vi({ reading: 'weak', displacement: moved })).toContain('nhưng một phần có thể đã chuyển sang xung quanh');
  expect(vi({ reading: 'weak' })).toContain('có thể chỉ vì kỳ trước cao bất thường hoặc vốn đang giảm');
  expect(vi({ reading: 'weak', before: { ...measured.before!, count: 9 } })).toContain('kỳ trước quá ít vụ');
  expect(vi({ reading: 'weak', warnings: ['short-before'] })).toContain('thiếu số liệu của năm trước nữa');
  expect(vi({ reading: 'weak', controls: unclear })).toContain('chưa chắc đã giảm nhiều hơn các nơi tương tự');
  expect(vi({ reading: 'weak', controls: unusable })).toMatch(
    /cơ cấu loại vụ việc quá khác.*không có nơi tương tự để đối chiếu/u,
  );
  expect(vi({ reading: 'against', controls: worse, dispersedRatio: rose })).toContain('trái chiều: số vụ tăng');
  expect(vi({ reading: 'against', controls: worse })).toContain('trái chiều: diễn biến xấu hơn rõ rệt');
  expect(vi({ reading: 'against' })).toContain(
    'trái chiều: vành đai xung quanh từ 500 thành 510 vụ, xấu hơn rõ rệt so với vành đai của các nơi tương tự',
  );
  expect(vi({ reading: 'against', controls: unusable })).toContain('vành đai xung quanh tăng từ 500 lên 510 vụ');
});

test('not enough evidence is called chance only where it may be chance', () => {
  const vi = (dispersedRatio: Evidence['dispersedRatio']) =>
    evidenceSentence({ ...measured, reading: 'insufficient', dispersedRatio }, facts).vi;
  expect(vi({ ratio: 0.9, low: 0.7, high: 1.2, p: 0.4 })).toContain('chênh lệch như vậy có thể chỉ là ngẫu nhiên');
  expect(vi({ ratio: 0.9, low: 0.8, high: 0.98, p: 0.02 })).toContain('chưa vượt mức tự giảm hoặc mức giảm chung');
  expect(vi({ ratio: 1.2, low: 1.1, high: 1.3, p: 0.02 })).toContain('chưa rõ là tăng nhiều hơn nơi khác');
});

test('few records and months not reported are told, with vi-VN numbers', () => {
  const { vi, en } = evidenceSentence(
    { ...measured, warnings: ['few-records', 'unreported'] },
    { ...facts, power: { count: 12, detectableFall: 0.085 } },
  );
  expect(vi).toContain(
    'ít vụ, chỉ mức giảm từ 8,5% trở lên mới dễ nhận ra, tháng chưa có báo cáo được bỏ ra ở cả hai kỳ',
  );
  expect(en).toContain('only a fall of 8.5% or more');
});

test('what cannot be read says why, and what could be seen', () => {
  const none = { startedOn: null, power: null };
  expect(evidenceSentence(null, { ...none, stage: 'no-place' }).vi).toBe(
    'Bằng chứng không đủ: địa bàn chưa được vẽ trên bản đồ nên chưa đếm được số vụ.',
  );
  expect(evidenceSentence(null, { ...none, stage: 'no-step', power: { count: 5, detectableFall: null } }).vi).toBe(
    'Bằng chứng không đủ: địa bàn chưa được đưa vào diện và chưa bắt đầu chuyển hóa nên chưa có mốc để so sánh; với 5 vụ trong một năm thì giảm bao nhiêu cũng chưa đủ để nhận ra.',
  );
  const early: Evidence = { ...measured, stage: 'too-early', after: { ...measured.before!, months: [1] } };
  expect(evidenceSentence(early, { ...none, stage: 'too-early', startedOn: '2026-09-15' }).en).toBe(
    'Not enough evidence: since 2026-09-15 only 1 month was reported in both years, and at least 3 are needed.',
  );
});

test('nothing recorded before leaves the ratio out', () => {
  const { vi } = evidenceSentence(
    {
      ...measured,
      before: { ...measured.before!, count: 0 },
      ratio: { ratio: Infinity, low: 2, high: Infinity, p: 0 },
    },
    facts,
  );
  expect(vi).toContain('Số vụ tăng từ 0 (03/2024–02/2025) lên 682 trong cùng các tháng của năm sau (03/2025–02/2026);');
});
