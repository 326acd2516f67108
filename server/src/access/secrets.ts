import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@diemnong/contracts';
import { z } from 'zod';

/** What only this installation knows. Lost with the data directory: second factors must then be set up anew. */
export type Secrets = {
  /** Opens the server to chores on its own machine, as base64url. */
  operatorKey: string;
  /** AES-256-GCM: second factors at rest, the cookie of a sign-in under way. */
  encryptionKey: Buffer;
  /** HMAC-SHA-256: cookies that mark a device as known. */
  deviceKey: Buffer;
};

const Key = z.string().regex(/^[\w-]{43}$/, '32 bytes as base64url');
const SecretsFile = z.strictObject({ operatorKey: Key, encryptionKey: Key, deviceKey: Key });

/**
 * Read DATA_DIR/secrets.json; made at the first start, readable by its owner only.
 * Errors: `unavailable` when others may read it, or it does not hold what it should. It is never replaced: what was
 * encrypted with it would be lost.
 */
export function openSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json');
  const file = readSecrets(path) ?? createSecrets(dataDir, path);
  const { operatorKey, encryptionKey, deviceKey } = file;
  return {
    operatorKey,
    encryptionKey: Buffer.from(encryptionKey, 'base64url'),
    deviceKey: Buffer.from(deviceKey, 'base64url'),
  };
}

function readSecrets(path: string): z.output<typeof SecretsFile> | undefined {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  if (mode === undefined) return undefined;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new AppError(
      'unavailable',
      `${path} có quyền ${(mode & 0o777).toString(8)}, cần 600: người khác trên máy này đọc được khoá. Chạy: chmod 600 ${path} ` +
        '(Others may read the keys of this installation.)',
    );
  const result = SecretsFile.safeParse(parseJson(readFileSync(path, 'utf8')));
  if (result.success) return result.data;
  // NOTE: only the names of what is wrong; the error's own text may hold a key.
  const wrong = [...new Set(result.error.issues.map((issue) => issue.path.join('.') || 'JSON'))].join(', ');
  throw new AppError(
    'unavailable',
    `${path} hỏng (${wrong}): hãy phục hồi từ bản sao lưu. Xoá tệp thì máy chủ tạo khoá mới, và mọi xác thực hai bước phải đặt lại. ` +
      '(The file of keys is damaged: restore it.)',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whole or not at all: a start that is cut off leaves no half file. */
function createSecrets(dataDir: string, path: string): z.output<typeof SecretsFile> {
  const key = () => randomBytes(32).toString('base64url');
  const secrets = { operatorKey: key(), encryptionKey: key(), deviceKey: key() };
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const building = `${path}.${process.pid}`;
  const file = openSync(building, 'w', 0o600);
  try {
    chmodSync(building, 0o600); // the mode of an older file of this name, or a loose umask, does not stay
    writeSync(file, `${JSON.stringify(secrets, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(building, path);
  return secrets;
}
