/**
 * The way back in, at the machine itself: list the accounts, or give one a new initial password.
 * Usage: npm run account -- [NAME --reset]; --help tells it.
 */
import { parseArgs } from 'node:util';
import { type Account, AppError, listAccounts, type ResponseOf, resetAccountPassword } from '@diemnong/contracts';
import { giveInitialPassword, toAccount } from '../server/src/features/accounts/accounts-handlers.ts';
import { listAccountRows } from '../server/src/features/accounts/accounts-queries.ts';
import { idleMs } from '../server/src/features/sessions/session-rules.ts';
import { askServer, type Chore, choreRunner, openChore, readCommandLine, runChore } from './chore.ts';

const usage = `Tài khoản, ngay trên máy chủ.

  npm run account                    liệt kê tài khoản
  npm run account -- TÊN --reset     đặt mật khẩu mới, in ra một lần, phải đổi khi đăng nhập;
                                     tắt xác thực hai bước, bỏ khoá tạm, kết thúc mọi phiên của tài khoản`;

await runChore(async () => {
  const { values, positionals } = readCommandLine(
    () =>
      parseArgs({
        allowPositionals: true,
        options: { reset: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
      }),
    usage,
  );
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [name, ...others] = positionals;
  if (others.length > 0 || (name === undefined) === (values.reset === true)) throw new AppError('invalid_input', usage);
  const chore = await openChore();
  try {
    const accounts = await findAccounts(chore);
    if (name === undefined) {
      for (const { username, role, displayName, isSuspended, isDemo } of accounts)
        console.log(
          `${username.padEnd(20)} ${role.padEnd(9)} ${displayName}${isSuspended ? ' (tạm ngưng)' : ''}${isDemo ? ' (mô phỏng)' : ''}`,
        );
      return 0;
    }
    const account = accounts.find(({ username }) => username === name);
    if (account === undefined)
      throw new AppError('not_found', `Không có tài khoản "${name}". Chạy npm run account để xem danh sách.`);
    console.log(`  ${account.username}  ${await reset(chore, account.id)}\nMật khẩu phải đổi khi đăng nhập lần đầu.`);
    return 0;
  } finally {
    if (chore.kind === 'database') await chore.db.close();
  }
});

async function findAccounts(chore: Chore): Promise<Account[]> {
  if (chore.kind === 'server')
    return (await askServer<ResponseOf<typeof listAccounts>>(chore.server, listAccounts.path)).accounts;
  const rows = await chore.db.transaction(choreRunner().scope, (transaction) =>
    listAccountRows(transaction, { idleMs }),
  );
  return rows.map(toAccount);
}

async function reset(chore: Chore, id: string): Promise<string> {
  if (chore.kind === 'database') return (await giveInitialPassword(chore.db, id, choreRunner())).initialPassword;
  const { method, path } = resetAccountPassword;
  type Answer = ResponseOf<typeof resetAccountPassword>;
  return (await askServer<Answer>(chore.server, path.replace(':id', id), { method })).initialPassword;
}
