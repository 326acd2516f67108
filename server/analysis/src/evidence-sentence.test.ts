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
    vi: 'Số vụ từ 1.240 (03/2024–02/2025) xuống 682 trong cùng các tháng 03/2025–02/2026, bằng 55% (khoảng tin cậy 95%: 50%–61%); 8 nơi tương tự cùng lúc đó từ 8.000 thành 8.080 vụ, nên so với các nơi đó là 55% (khoảng tin cậy 95%: 48%–62%); cả địa bàn và vành đai xung quanh chênh −560 vụ so với mức chờ đợi theo các nơi đó (−678 đến −443); bằng chứng mạnh: giảm hơn hẳn các nơi tương tự và không thấy dời sang bên cạnh; lưu ý: nơi được chọn vì năm trước cao nhất thường tự giảm, ở đây khoảng 13% dù không làm gì.',
    en: 'Records went from 1,240 (03/2024–02/2025) to 682 in the same months 03/2025–02/2026, which is 55% (95% interval 50%–61%); 8 similar places went from 8,000 to 8,080 at the same time, so against them it is 55% (95% interval 48%–62%); the area and the ring around it together stand −560 records from what those places would have (−678 to −443); strong evidence: it fell beyond the similar places, and no move next door is seen; mind: places picked for a bad year fall by themselves, here by about 13% if nothing is done.',
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
  const moved = { ...measured.displacement!, wdd: { ...measured.displacement!.wdd, high: 10 } };
  expect(vi({ reading: 'weak', displacement: moved })).toContain('nhưng có thể một phần đã dời sang xung quanh');
  expect(vi({ reading: 'weak' })).toContain('có thể chỉ vì năm trước cao bất thường hoặc vốn đang giảm');
  expect(vi({ reading: 'weak', controls: unusable })).toMatch(/khác cơ cấu loại vụ việc.*không có gì để đối chiếu/u);
  expect(vi({ reading: 'insufficient' })).toContain('bằng chứng không đủ');
  expect(vi({ reading: 'against', dispersedRatio: { ratio: 2, low: 1.5, high: 3, p: 0 } })).toContain(
    'trái chiều: số vụ tăng',
  );
  expect(vi({ reading: 'against' })).toContain('trái chiều: vành đai xung quanh tăng từ 500 lên 510 vụ');
});

test('few records and months not reported are told, with vi-VN numbers', () => {
  const { vi, en } = evidenceSentence(
    { ...measured, warnings: ['few-records', 'unreported'] },
    { ...facts, power: { count: 12, detectableFall: 0.085 } },
  );
  expect(vi).toContain('ít vụ việc, chỉ mức giảm từ 8,5% mới dễ nhìn thấy, có tháng chưa báo cáo');
  expect(en).toContain('only a fall of 8.5% or more');
});

test('what cannot be read says why, and what could be seen', () => {
  const none = { startedOn: null, power: null };
  expect(evidenceSentence(null, { ...none, stage: 'no-place' }).vi).toBe(
    'Bằng chứng không đủ: địa bàn chưa được vẽ trên bản đồ nên chưa đếm được vụ việc.',
  );
  expect(evidenceSentence(null, { ...none, stage: 'no-step', power: { count: 5, detectableFall: null } }).vi).toBe(
    'Bằng chứng không đủ: chưa đưa vào diện hay chuyển hóa nên chưa có gì để so sánh; với 5 vụ trong một năm, không mức giảm nào có thể nhìn thấy được.',
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
  expect(vi).toContain('Số vụ từ 0 (03/2024–02/2025) lên 682 trong cùng các tháng 03/2025–02/2026;');
});
