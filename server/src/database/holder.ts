import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@diemnong/contracts';

/** Who holds a data directory, as the holder itself says. */
export type Holder = {
  pid: number /** Address of the HTTP server; null while it starts, or for a chore. */;
  url: string | null;
};

/**
 * A data directory belongs to one process. The lock is a listening local socket: the operating system drops it with the
 * process, however that dies, so there is no stale lock to clean by hand, and whoever finds it taken can ask the holder
 * for its address (the command line does, to hand its file over).
 * Errors: `conflict` naming the holder's process when the directory is taken.
 */
export async function holdDataDir(dataDir: string): Promise<{ announce(url: string): void; release(): Promise<void> }> {
  const path = holderPath(dataDir);
  const self: Holder = { pid: process.pid, url: null };
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(JSON.stringify(self));
  });
  server.unref();
  for (let attempt = 0; ; attempt++) {
    try {
      await listen(server, path);
      break;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
      const holder = await findHolder(dataDir);
      if (holder !== undefined || attempt > 0)
        throw new AppError(
          'conflict',
          `Thư mục dữ liệu ${dataDir} đang được tiến trình ${holder?.pid ?? '?'} sử dụng. Hãy dừng tiến trình đó hoặc đặt DATA_DIR khác. ` +
            `(The data directory is in use by process ${holder?.pid ?? '?'}: stop it or set another DATA_DIR.)`,
          { details: holder },
        );
      rmSync(path, { force: true });
    }
  }
  return {
    announce: (url) => {
      self.url = url;
    },
    release: () => new Promise((done) => server.close(() => done())),
  };
}

/** Ask who holds a data directory; undefined when nobody does. */
export function findHolder(dataDir: string): Promise<Holder | undefined> {
  return new Promise((answer) => {
    const socket = connect(holderPath(dataDir));
    let text = '';
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
    });
    socket.on('error', () => answer(undefined));
    socket.on('close', () => answer(text === '' ? undefined : (JSON.parse(text) as Holder)));
  });
}

/** Local sockets have short paths (107 bytes on Linux) and are named pipes on Windows. */
export function localSocketPath(dataDir: string, name: string): string {
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\diemnong-${hash}-${name}`;
  const inside = join(dataDir, name);
  return Buffer.byteLength(inside) <= 100 ? inside : join(tmpdir(), `diemnong-${hash}-${name}`);
}

function holderPath(dataDir: string): string {
  return localSocketPath(dataDir, 'holder.sock');
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(path, () => {
      server.off('error', fail);
      done();
    });
  });
}
