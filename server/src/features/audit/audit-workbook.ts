import type { Writable } from 'node:stream';
import { VIETNAM_OFFSET_MS } from '@diemnong/analysis';
import type { AuditEntry } from '@diemnong/contracts';
import { textCell } from '../../http/formula-guard.ts';
import { addTextSheet, createSafeWorkbook } from '../../http/safe-workbook.ts';

const headings = [
  'Số thứ tự',
  'Thời điểm (UTC)',
  'Giờ Việt Nam',
  'Tài khoản',
  'Vai trò',
  'Địa chỉ',
  'Việc',
  'Đối tượng',
  'Trước',
  'Sau',
  'Mã băm',
];

/** Entries of the log as a workbook, built from nothing. @param out is ended. Memory stays flat. */
export async function writeAuditWorkbook(out: Writable, pages: AsyncIterable<AuditEntry[]>): Promise<void> {
  const workbook = createSafeWorkbook(out);
  const sheet = addTextSheet(workbook, 'Nhật ký', headings);
  for await (const entries of pages) {
    for (const entry of entries) {
      const { at, username, role, address, action, target, before, after, hash } = entry;
      const texts = [
        at,
        localTime(at),
        username ?? '',
        role ?? '',
        address,
        action,
        target,
        json(before),
        json(after),
        hash,
      ];
      sheet.addRow([entry.sequence, ...texts.map(textCell)]).commit();
    }
    await new Promise((next) => setImmediate(next));
  }
  sheet.commit();
  await workbook.commit();
}

function json(value: unknown): string {
  return value === null ? '' : JSON.stringify(value);
}

function localTime(at: string): string {
  return new Date(Date.parse(at) + VIETNAM_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}
