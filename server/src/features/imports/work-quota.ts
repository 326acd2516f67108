import { AppError } from '@diemnong/contracts';
import type { Importer } from './importer.ts';
import { sumKeptBytes } from './imports-queries.ts';
import { boardOf, type ImportContext } from './job-board.ts';

/** Files of one account that are being sent, read or written at the same time. */
const MAX_FILES_IN_WORK = 3;
/** Bytes of one account's files that lie on the server without being committed. */
const MAX_KEPT_BYTES = 4 * 1024 ** 3;

/**
 * Take a place for one more file of this account; the machine's operator has as many as wanted.
 * @returns how to give it back when the file has arrived: from then on it counts as a job.
 * Errors: `too_many_requests`.
 */
export async function takePlace(context: ImportContext, { accountId, scope }: Importer): Promise<() => void> {
  if (accountId === null) return () => {};
  const { jobs, arriving } = boardOf(context.db);
  const isTheirs = ({ importer }: { importer: Importer }) => importer.accountId === accountId;
  const inWork = (arriving.get(accountId) ?? 0) + [...jobs.values()].filter(isTheirs).length;
  if (inWork >= MAX_FILES_IN_WORK) {
    throw new AppError(
      'too_many_requests',
      `Tài khoản đang có ${inWork} tệp đang xử lý, tối đa ${MAX_FILES_IN_WORK}: hãy chờ xong một tệp. (Files in work: wait for one to end.)`,
    );
  }
  arriving.set(accountId, (arriving.get(accountId) ?? 0) + 1);
  const giveBack = () => {
    const left = (arriving.get(accountId) ?? 0) - 1;
    if (left > 0) arriving.set(accountId, left);
    else arriving.delete(accountId);
  };
  try {
    const kept = await context.db.transaction(scope, (transaction) => sumKeptBytes(transaction, accountId));
    if (kept < MAX_KEPT_BYTES) return giveBack;
    throw new AppError(
      'too_many_requests',
      'Tài khoản đang giữ hơn 4 GB tệp chưa ghi: hãy ghi hoặc bỏ bớt. (Commit or drop some of the uncommitted files first.)',
    );
  } catch (error) {
    giveBack();
    throw error;
  }
}
