/**
 * The embedded engine: PGlite with PostGIS in a process of its own, so that its memory and its work stay out of the
 * server's event loop. Started by embedded.ts with fork(); ends with its parent, whatever ends that.
 * argv: data directory of the cluster, then the port or socket directory to listen on.
 */
import { mkdirSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const [clusterDir, address] = process.argv.slice(2);
if (clusterDir === undefined || address === undefined || process.send === undefined)
  throw new Error('usage: started by embedded.ts with a cluster directory and an address');

// Without its parent nobody can reach the engine: stop at once. A cluster survives that as it survives a kill.
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => {}); // Ctrl-C goes to the whole group; the parent stops us in its own order.
process.on('SIGTERM', () => {});

/**
 * The server's one connection, and some for people at the machine (psql, the tests): a transaction of one keeps the others
 * waiting. A connection that is being closed still counts, and one too many is cut off without a word.
 */
const maxConnections = 8;

try {
  mkdirSync(clusterDir, { recursive: true });
  const database = await PGlite.create({ dataDir: clusterDir, extensions: { postgis } });
  answerReadyOnce(database);
  const server = new PGLiteSocketServer(
    address.startsWith('tcp:')
      ? { db: database, host: '127.0.0.1', port: Number(address.slice(4)), maxConnections }
      : { db: database, path: address, maxConnections },
  );
  await server.start();
  process.on('message', (message) => {
    if (message === 'stop')
      void server
        .stop()
        .then(() => database.close())
        .finally(() => process.exit(0));
  });
  process.send({ ready: true });
} catch (error) {
  process.send({ failed: describe(error) }, () => process.exit(1));
}

/**
 * After an error in the extended protocol the engine says ReadyForQuery twice: at the error and again at Sync, where alone
 * it belongs. The client takes the second one for the end of its next query, and every answer after that for that of
 * the query before, of whatever scope. So what is neither a simple query nor Sync gets no ReadyForQuery.
 * Source: postgresql.org/docs/current/protocol-flow.html, "Extended Query"; seen with PGlite 0.5.8.
 */
function answerReadyOnce(database: PGlite): void {
  const execute = database.execProtocolRawStream.bind(database);
  const extended = new Set(Array.from('PBDECH', (letter) => letter.charCodeAt(0)));
  database.execProtocolRawStream = (message, options) => {
    if (options === undefined || !extended.has(message[0] ?? 0)) return execute(message, options);
    const { onRawData } = options;
    return execute(message, {
      ...options,
      onRawData: (data) => {
        const answer = isReadyAtEnd(data) ? data.subarray(0, -READY_BYTES) : data;
        if (answer.length > 0) onRawData(answer);
      },
    });
  };
}

const READY_BYTES = 6;

/** A ReadyForQuery may come behind ParameterStatus: the end of SET LOCAL ROLE is reported with the error that ends it. */
function isReadyAtEnd(data: Uint8Array): boolean {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let at = 0;
  let last = 0;
  while (at + READY_BYTES <= data.length) {
    last = at;
    at += 1 + Math.max(4, view.getInt32(at + 1)); // a letter, then a length that counts itself
  }
  return at === data.length && at - last === READY_BYTES && data[last] === 'Z'.charCodeAt(0);
}

/** The engine's file system throws objects that are no errors; 51 is ENOSPC in WebAssembly's numbering (wasi: errno). */
function describe(error: unknown): string {
  const { message, errno } = error as { message?: string; errno?: number };
  if (errno === 51) return 'No space left on device';
  return message || (errno === undefined ? String(error) : `file system error ${errno}`);
}
