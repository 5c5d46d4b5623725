import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, type MainProcess, startMain } from './test/start-main.ts';

describe('the process that npm start runs', () => {
  let dataDir: string;
  const started: MainProcess[] = [];
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'kindred-main-'));
  });
  afterAll(async () => {
    for (const process of started) process.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  });

  function start(env: Record<string, string> = {}): MainProcess {
    const child = startMain({ KINDRED_DATA: dataDir, ...env });
    started.push(child);
    return child;
  }

  const send = async (url: string, userId: number) => {
    const records = [{ user_id: userId }];
    const batch = { version: 'kept', table: 'people', batch_id: 1, total_batches: 1, records };
    return (await fetch(`${url}/data/batch`, { method: 'POST', body: JSON.stringify(batch) })).status;
  };

  it('keeps what it has acknowledged when it is killed, refuses a second opener, and stops in order', {
    timeout: 150_000,
  }, async () => {
    const first = start();
    const url = await addressOf(first);
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({ status: 'ok' });
    expect(await send(url, 1)).toBe(200);

    const other = start();
    expect((await once(other, 'exit'))[0]).toBe(1);
    expect(other.printed).toMatch(/^Another process .* uses the data in .*KINDRED_DATA/);

    first.kill('SIGKILL');
    await once(first, 'exit');
    const second = start();
    const again = await addressOf(second);
    expect(await send(again, 1)).toBe(200);
    expect(await send(again, 2)).toBe(409);
    second.kill('SIGTERM');
    expect((await once(second, 'exit'))[0]).toBe(0);
  });

  it('says in a sentence that the port is taken, the folder is none or the database is down', async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const address = taken.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const file = join(dataDir, 'a file');
    await writeFile(file, '');
    const cases: [Record<string, string>, RegExp][] = [
      [{ PORT: port, KINDRED_DATA: join(dataDir, 'own') }, new RegExp(`^Port ${port} is taken .* PORT=0`)],
      [{ HOST: '203.0.113.1', KINDRED_DATA: join(dataDir, 'own') }, /^HOST=203\.0\.113\.1 is no address/],
      [{ KINDRED_DATA: file }, /^The folder .*a file cannot be used/],
      [{ DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/x' }, /^The database at 127\.0\.0\.1:1 .*DATABASE_URL/],
    ];
    for (const [env, sentence] of cases) {
      const child = start(env);
      expect((await once(child, 'exit'))[0]).toBe(1);
      expect(child.printed.trim()).toMatch(sentence);
      expect(child.printed).not.toMatch(/ at .*\.ts:\d+|secret/);
    }
    taken.close();
  });

  it('says in a sentence which setting is wrong', async () => {
    const child = start({ PORT: 'eighty' });
    expect((await once(child, 'exit'))[0]).toBe(1);
    expect(child.printed).toMatch(/PORT/);
    expect(child.printed).not.toMatch(/ at .*\.ts:\d+/);
  });
});
