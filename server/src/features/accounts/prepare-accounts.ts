import { randomUUID } from 'node:crypto';
import type { Role } from '@diemnong/contracts';
import { hashPassword } from '../../access/password-hash.ts';
import { findPasswordFault, generatePassword } from '../../access/passwords.ts';
import { recordAudit, serverActor } from '../../access/record-audit.ts';
import { systemScope } from '../../access/scope.ts';
import type { AppContext } from '../../app-context.ts';
import { raiseAccessVersion } from '../../database/data-version.ts';
import { type AccountFields, insertAccount, lockActiveAdministrators } from './accounts-queries.ts';
import {
  endDemoSessions,
  findDemoPlace,
  hasAccounts,
  lockAccounts,
  makeAdministrator,
} from './first-accounts-queries.ts';

type Context = Pick<AppContext, 'db' | 'configuration' | 'sessions'>;

/** One per role, in the order they are shown. */
const demoAccounts: { username: string; role: Role; displayName: string }[] = [
  { username: 'admin', role: 'admin', displayName: 'Quản trị' },
  { username: 'province', role: 'province', displayName: 'Công an tỉnh' },
  { username: 'planner', role: 'planner', displayName: 'Tham mưu' },
  { username: 'commune', role: 'commune', displayName: 'Công an xã' },
  { username: 'viewer', role: 'viewer', displayName: 'Người xem' },
];

/**
 * At each start: somebody must be able to sign in. A new demonstration gets one account per role; anything else gets the first
 * administrator, with ADMIN_PASSWORD or a password made here. With DEMO=0 the demonstration's accounts sign in no more, and an
 * administrator takes their place when there is no other.
 * @param say told the passwords made here, this once: only their hashes are kept.
 */
export async function prepareAccounts(context: Context, say: (text: string) => void): Promise<void> {
  const { db, configuration, sessions } = context;
  const isDemoOn = configuration.demo !== false;
  const known = await db.transaction(systemScope, async (transaction) => {
    if (!isDemoOn && (await endDemoSessions(transaction)) > 0) await raiseAccessVersion(transaction);
    return {
      hasAccounts: await hasAccounts(transaction),
      demoPlace: await findDemoPlace(transaction),
      administrators: await lockActiveAdministrators(transaction, { withDemo: isDemoOn }),
    };
  });
  if (!known.hasAccounts && isDemoOn && known.demoPlace !== undefined)
    await createDemoAccounts(context, known.demoPlace, say);
  else if (known.administrators.length === 0) await createAdministrator(context, say);
  await sessions.reload();
}

type DemoPlace = NonNullable<Awaited<ReturnType<typeof findDemoPlace>>>;

async function createDemoAccounts({ db }: Context, place: DemoPlace, say: (text: string) => void): Promise<void> {
  const accounts = await Promise.all(
    demoAccounts.map(async (account) => {
      const password = generatePassword();
      return { ...account, password, passwordHash: await hashPassword(password) };
    }),
  );
  const isCreated = await db.transaction(systemScope, async (transaction) => {
    await lockAccounts(transaction);
    if (await hasAccounts(transaction)) return false; // another process was quicker
    for (const { username, role, displayName, passwordHash } of accounts)
      await insertAccount(transaction, {
        id: randomUUID(),
        username,
        passwordHash,
        fields: demoFields(role, displayName, place),
        mustChangePassword: false,
        isDemo: true,
      });
    await raiseAccessVersion(transaction);
    for (const { username, role } of accounts)
      await recordAudit(transaction, serverActor, {
        action: 'account.created',
        target: `account/${username}`,
        after: { role, isDemo: true },
      });
    return true;
  });
  if (!isCreated) return;
  const lines = accounts.map(({ username, password, role, displayName }) => {
    const note = role === 'commune' ? `${displayName} (${place.communeName})` : displayName;
    return `  ${username.padEnd(9)} ${password}  ${note}`;
  });
  say(
    `\nTài khoản mô phỏng, chỉ in ra một lần này (demonstration accounts, shown this once):\n${lines.join('\n')}\n` +
      'Tắt bằng DEMO=0; đặt mật khẩu khác: npm run account -- TÊN --reset\n',
  );
}

function demoFields(role: Role, displayName: string, place: DemoPlace): AccountFields {
  const isOfCommune = role === 'commune';
  return {
    displayName,
    role,
    provinceCode: role === 'admin' ? null : place.provinceCode,
    communeCode: isOfCommune ? place.communeCode : null,
    officeCode: isOfCommune ? place.officeCode : null,
    isSuspended: false,
  };
}

async function createAdministrator({ db, configuration }: Context, say: (text: string) => void): Promise<void> {
  const username = 'admin';
  const given = configuration.adminPassword;
  const password = given ?? generatePassword();
  const fault = findPasswordFault(password, username);
  const mustChangePassword = given === undefined || fault !== undefined;
  const passwordHash = await hashPassword(password);
  const isCreated = await db.transaction(systemScope, async (transaction) => {
    await lockAccounts(transaction);
    const others = await lockActiveAdministrators(transaction, { withDemo: configuration.demo !== false });
    if (others.length > 0) return false; // another process was quicker
    await makeAdministrator(transaction, { id: randomUUID(), username, passwordHash, mustChangePassword });
    await raiseAccessVersion(transaction);
    await recordAudit(transaction, serverActor, {
      action: 'account.created',
      target: `account/${username}`,
      after: { role: 'admin', isDemo: false },
    });
    return true;
  });
  if (!isCreated) return;
  if (given === undefined)
    say(
      `\nQuản trị viên đầu tiên, chỉ in ra một lần này (first administrator, shown this once):\n  ${username.padEnd(9)} ${password}  Quản trị\nMật khẩu phải đổi khi đăng nhập lần đầu.\n`,
    );
  else
    say(
      `\nĐã lập quản trị viên "${username}" với ADMIN_PASSWORD.${fault === undefined ? '' : ' Mật khẩu này chưa đạt yêu cầu: phải đổi khi đăng nhập lần đầu.'} Hãy bỏ biến đó khỏi cấu hình. (The administrator has ADMIN_PASSWORD.)\n`,
    );
}
