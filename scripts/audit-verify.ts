/**
 * Look over the whole log: no entry changed, removed, inserted or cut off.
 * Usage: npm run audit:verify [-- --json]; exits 1 when one was.
 */
import { parseArgs } from 'node:util';
import { verifyAudit } from '@diemnong/contracts';
import { anchorsFile } from '../server/src/features/audit/audit-anchors.ts';
import { type Verdict, verifyLog } from '../server/src/features/audit/verify-log.ts';
import { askServer, type Chore, openChore, readCommandLine, runChore } from './chore.ts';

const usage = `Kiểm tra toàn bộ nhật ký: không mục nào bị sửa, xoá, chèn hay cắt.

  npm run audit:verify [-- --json]

  --json   in kết quả dạng JSON

Mã thoát 1 khi nhật ký có lỗi.`;

const reasons: Record<NonNullable<Verdict['fault']>['reason'], string> = {
  changed: 'bị sửa (changed)',
  missing: 'bị mất (missing)',
  inserted: 'bị chèn thêm (inserted)',
  cut_off: 'và các mục sau bị cắt mất (cut off)',
};

await runChore(async () => {
  const { values } = readCommandLine(
    () => parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } }),
    usage,
  );
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const verdict = await verify(await openChore());
  console.log(values.json ? JSON.stringify(verdict) : describe(verdict));
  return verdict.fault === null ? 0 : 1;
});

async function verify(chore: Chore): Promise<Verdict> {
  if (chore.kind === 'server')
    return askServer<Verdict>(chore.server, verifyAudit.path, { method: verifyAudit.method });
  try {
    return await verifyLog(chore.db, { anchors: anchorsFile(chore.configuration.dataDir) });
  } finally {
    await chore.db.close();
  }
}

function describe({ entries, head, anchors, fault }: Verdict): string {
  return [
    `Mục đúng từ đầu (entries): ${entries}`,
    `Mã băm cuối (head):        ${head}`,
    `Mốc đã đối chiếu (anchors): ${anchors}`,
    fault === null
      ? 'Nhật ký nguyên vẹn. (The log is whole.)'
      : `NHẬT KÝ CÓ LỖI: mục ${fault.sequence} ${reasons[fault.reason]}.`,
  ].join('\n');
}
