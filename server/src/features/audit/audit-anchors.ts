import { createReadStream } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { systemScope } from '../../access/scope.ts';
import type { AppContext } from '../../app-context.ts';
import { readEnds } from './audit-queries.ts';

const ANCHOR_EVERY_MS = 60 * 60 * 1000;

/** An entry's hash, noted where the database cannot reach it. */
export type Anchor = { sequence: number; hash: string };

export function anchorsFile(dataDir: string): string {
  return join(dataDir, 'audit-anchors.log');
}

/**
 * Note the log's end outside the database, now and every hour: in DATA_DIR/audit-anchors.log, one line `sequence hash time`
 * each, and in the server's own log, which can be collected on another machine. A log cut off together with its head, or
 * rewritten from some entry on, is found by them. A note that cannot be written stops nothing.
 */
export async function keepAuditAnchors({
  db,
  log,
  configuration,
}: Pick<AppContext, 'db' | 'log' | 'configuration'>): Promise<void> {
  let noted = 0;
  const note = async () => {
    try {
      const { head } = await db.transaction(systemScope, readEnds);
      if (head.sequence === noted || head.sequence === 0) return;
      const line = `${head.sequence} ${head.hash} ${new Date().toISOString()}\n`;
      await appendFile(anchorsFile(configuration.dataDir), line, { mode: 0o600 });
      noted = head.sequence;
      log.info({ auditSequence: head.sequence, auditHash: head.hash }, 'end of the audit log');
    } catch (error) {
      log.warn({ err: error }, 'end of the audit log not noted');
    }
  };
  await note();
  setInterval(() => void note(), ANCHOR_EVERY_MS).unref();
}

/** The notes in their order; none when there is no file. A line that a power cut left half is passed over. */
export async function* readAnchors(file: string): AsyncGenerator<Anchor> {
  try {
    for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
      const [, sequence, hash] = /^(\d{1,15}) ([0-9a-f]{64}) /.exec(line) ?? [];
      if (sequence !== undefined && hash !== undefined) yield { sequence: Number(sequence), hash };
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
