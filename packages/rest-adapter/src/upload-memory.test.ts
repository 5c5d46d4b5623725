import { once } from 'node:events';
import { createWriteStream, existsSync, openAsBlob, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addressOf, type MainProcess, startMain } from './test/start-main.ts';

const MEGABYTE = 2 ** 20;
const FILE = 60 * MEGABYTE;
/** Well below the file, which whoever holds it whole has at least once. Streamed it is about one column, and what waits to be collected. */
const MOST_RISE = 54 * MEGABYTE;

let folder: string;
let service: MainProcess;
let url: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kindred-upload-'));
  service = startMain({ KINDRED_DATA: join(folder, 'data'), KINDRED_DVC: 'false' });
  url = await addressOf(service);
});
afterAll(async () => {
  service.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** Twelve columns: ids, numbers of many digits, words. */
async function writeCsv(name: string, bytes: number): Promise<{ file: string; rows: number }> {
  const file = join(folder, name);
  const out = createWriteStream(file);
  out.write(`id,${Array.from({ length: 10 }, (_, at) => `value_${at}`).join(',')},town\n`);
  let [written, rows] = [0, 0];
  while (written < bytes) {
    let block = '';
    for (let at = 0; at < 2000; at++, rows++) {
      const values = Array.from({ length: 10 }, (_, column) => ((rows * 7919 + column * 104729) % 99991) / 8);
      block += `${rows},${values.join(',')},town ${rows % 50}\n`;
    }
    written += block.length;
    if (!out.write(block)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  return { file, rows };
}

async function upload(file: string, name: string): Promise<string> {
  const form = new FormData();
  form.set('name', name);
  form.set('file', await openAsBlob(file), `${name}.csv`);
  const response = await fetch(`${url}/api/datasets/`, { method: 'POST', body: form });
  const json = (await response.json()) as { id: string };
  expect([response.status, json]).toEqual([201, expect.anything()]);
  return json.id;
}

const proc = (file: string) => `/proc/${service.pid}/${file}`;
const kilobytes = (field: string): number =>
  Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(proc('status'), 'utf8'))?.[1]);

it.skipIf(!existsSync('/proc/self/clear_refs'))(
  'an uploaded file is not held in the memory of the service',
  {
    timeout: 180_000,
  },
  async () => {
    const [small, large] = [await writeCsv('small.csv', 8 * MEGABYTE), await writeCsv('large.csv', FILE)];
    // Compiled code, buffers and threads are there after a first one.
    await upload(small.file, 'small');
    writeFileSync(proc('clear_refs'), '5');
    const before = kilobytes('VmRSS');
    const id = await upload(large.file, 'large');
    const rise = 1024 * (kilobytes('VmHWM') - before);
    expect(rise).toBeLessThan(MOST_RISE);
    const answer = await fetch(`${url}/api/datasets/${id}/`);
    expect(await answer.json()).toMatchObject({ name: 'large', rows: large.rows });
    console.log(`a file of ${FILE / MEGABYTE} MB: ${(rise / MEGABYTE).toFixed(0)} MB more`);
  },
);
