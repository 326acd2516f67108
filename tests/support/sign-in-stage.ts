import { hashPassword } from '../../server/src/access/password-hash.ts';
import type { Configuration } from '../../server/src/configuration.ts';
import type { FloodTarget } from '../attack/sign-in-flood.ts';
import type { TestDatabase } from './database.ts';
import { fillSmallProvince } from './small-province.ts';
import { startTestApp } from './test-app.ts';
import { createTestContext } from './test-context.ts';

const password = 'mật khẩu của chủ tài khoản';

/** The small province behind a proxy that is believed, with an account that has a password and somebody who works. */
export async function openSignInStage(
  open: () => Promise<TestDatabase>,
  configuration: Partial<Configuration> = {},
): Promise<{ target: FloodTarget; close(): Promise<void> }> {
  const db = await open();
  await fillSmallProvince(db);
  const app = await startTestApp(createTestContext(db, {}, { trustProxy: 1, ...configuration }));
  const { accountId } = await app.as('province', { username: 'chu.tai.khoan' });
  await db
    .knex('account')
    .where({ id: accountId })
    .update({ password_hash: await hashPassword(password) });
  return {
    target: { url: app.url, owner: { username: 'chu.tai.khoan', password }, cookie: app.cookie },
    close: async () => {
      await app.close();
      await db.close();
    },
  };
}
