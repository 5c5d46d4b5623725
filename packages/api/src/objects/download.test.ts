import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { download } from './download.ts';

/** More than a socket and a stream hold, so that its end is still to come when the first write fails. */
const BODY = Buffer.alloc(90_000, 'b');

describe('a download', () => {
  let server: Server;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kindred-download-'));
    server = createServer(({ url }, response) => {
      // As moto does: one answer for each connection.
      response.writeHead(200, { connection: 'close', 'content-length': BODY.length });
      if (url === '/silent') response.write(BODY.subarray(0, 1000));
      else response.end(BODY);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });

  const body = (path: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      get({ host: '127.0.0.1', port, path }, resolve).on('error', reject);
    });

  it('is the whole body', async () => {
    await download(await body('/'), join(folder, 'whole'), 5000);
    expect((await readFile(join(folder, 'whole'))).equals(BODY)).toBe(true);
  });

  it.skipIf(!existsSync('/dev/full'))('of a body onto a full disk ends, whenever the connection closes', async () => {
    for (let i = 0; i < 40; i++) {
      await expect(download(await body('/'), '/dev/full', 60_000)).rejects.toMatchObject({ code: 'ENOSPC' });
    }
  });

  it('that keeps silent ends, also where nobody could hear that its connection broke', async () => {
    await expect(download(await body('/silent'), join(folder, 'silent'), 300)).rejects.toMatchObject({
      code: 'ETIMEDOUT',
    });
    const broken = await body('/silent');
    broken.destroy();
    await expect(download(broken, join(folder, 'broken'), 300)).rejects.toThrow();
  });
});
