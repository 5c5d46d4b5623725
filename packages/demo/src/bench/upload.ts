/**
 * `pnpm bench upload [--mb 100]`: a CSV file over REST: time, memory and the latency of /ready meanwhile, beside a plain copy of it, and
 * beside DuckDB (and pandas, where KINDRED_PYTHON names a Python with it) that read the same file and profile it.
 */
import { openAsBlob } from 'node:fs';
import { copyFile, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from '../client.ts';
import { quantile } from '../quantile.ts';
import { Random } from '../random.ts';
import { removeFolder, startService, temporaryFolder } from '../service.ts';
import { mebibytes, watchMemory } from './process-memory.ts';
import { uploadPeers } from './upload-peers.ts';

const EVERY_MS = 20;

const { values } = parseArgs({
  options: { mb: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const folder = temporaryFolder('upload');
const file = join(folder, 'table.csv');
await writeTable(file, Number(values.mb) * 2 ** 20, Number(values.seed));
const { size } = await stat(file);
const copied = await timed(async () => {
  await copyFile(file, join(folder, 'copy.csv'));
  const handle = await open(join(folder, 'copy.csv'), 'r+');
  await handle.datasync();
  await handle.close();
});
const service = await startService({ env: { KINDRED_UPLOAD_LIMIT: '2GB' } });
const client = new Client(service.url);
try {
  const asked = await probe(client, () => new Promise((resolve) => setTimeout(resolve, 3000)));
  const memory = watchMemory(service.pid ?? process.pid, 50);
  const before = memory.peak.rss;
  let answer: { rows?: number; columns?: string[]; detail?: string } = {};
  let seconds = 0;
  const during = await probe(client, async () => {
    const form = new FormData();
    form.set('file', await openAsBlob(file), 'table.csv');
    seconds = await timed(async () => {
      answer = await (await fetch(`${service.url}/api/datasets/`, { method: 'POST', body: form })).json();
    });
  });
  const peak = memory.stop();
  console.log(`${mebibytes(size)}, ${answer.rows ?? answer.detail} rows x ${answer.columns?.length} columns`);
  console.log(
    `upload to 201, stored and profiled   ${seconds.toFixed(1)} s, ${(size / 2 ** 20 / seconds).toFixed(1)} MB/s`,
  );
  console.log(
    `copy of the file, synced             ${copied.toFixed(1)} s: the upload takes ${(seconds / copied).toFixed(1)} times as long`,
  );
  console.log(`memory of the service                ${mebibytes(before)} before, ${mebibytes(peak.rss)} at most`);
  console.log(`more of it than before               ${mebibytes(peak.rss - before)}`);
  console.log(`/ready, idle                         p95 ${quantile(asked, 0.95).toFixed(1)} ms of ${asked.length}`);
  console.log(`/ready, while it is uploaded         p95 ${quantile(during, 0.95).toFixed(1)} ms of ${during.length}`);
  for (const peer of uploadPeers(file, folder, process.env.KINDRED_PYTHON)) {
    console.log(
      `${peer.name.padEnd(36)} ${peer.seconds.toFixed(1)} s, ${mebibytes(peer.bytes)} at most: the upload takes ${(seconds / peer.seconds).toFixed(1)} times as long`,
    );
  }
  if (!process.env.KINDRED_PYTHON) console.log('SKIPPED: pandas; KINDRED_PYTHON names no Python with it.');
} finally {
  client.close();
  await service.stop();
  removeFolder(folder);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** Asks /ready every so often while the work lasts. @returns milliseconds of each answer. */
async function probe(client: Client, work: () => Promise<unknown>): Promise<number[]> {
  let over = false;
  const asking = (async () => {
    const times: number[] = [];
    while (!over) {
      times.push((await client.get('/ready')).ms);
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
    return times;
  })();
  await work().finally(() => {
    over = true;
  });
  return asking;
}

/** Twenty columns of the kinds that taxpayers' and shops' tables have: numbers with gaps, counts, categories, days, a free text. */
async function writeTable(path: string, bytes: number, seed: number): Promise<void> {
  const random = new Random(seed, 0xc57);
  const cities = ['Москва', 'Казань', 'Омск', 'Пермь', '"Ростов, Дон"'];
  const names = ['id', ...numbered('amount', 9), ...numbered('count', 5), 'city', 'segment', 'active', 'since', 'note'];
  const handle = await open(path, 'w');
  let written = 0;
  let text = `${names.join(',')}\n`;
  for (let row = 0; written < bytes; row++) {
    const cells: (string | number)[] = [row];
    for (let i = 0; i < 9; i++) cells.push(random.next() < 0.03 ? '' : (random.next() * 1000).toFixed(4));
    for (let i = 0; i < 5; i++) cells.push(random.below(100_000));
    const day = new Date(Date.UTC(2025, 0, 1 + random.below(365))).toISOString().slice(0, 10);
    cells.push(
      random.pick(cities),
      `s${random.below(30)}`,
      random.next() < 0.5 ? 'true' : 'false',
      day,
      `n${random.below(1e6)}`,
    );
    text += `${cells.join(',')}\n`;
    if (text.length < 2 ** 20) continue;
    written += (await handle.write(text)).bytesWritten;
    text = '';
  }
  await handle.write(text);
  await handle.close();
}

function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${name}_${i + 1}`);
}
