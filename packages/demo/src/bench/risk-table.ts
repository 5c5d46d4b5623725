/**
 * `pnpm bench risk-table --files a.csv,b.csv.gz [--limit 60]`: each CSV file over REST, from the first byte of the upload to the table of
 * risks and the explanation of its first row, by the preset quick-look, beside the limit in seconds.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { Client } from '../client.ts';
import { removeFolder, startService, temporaryFolder } from '../service.ts';
import { mebibytes, watchMemory } from './process-memory.ts';
import { stageTimes } from './stage-times.ts';

const EVERY_MS = 100;

const { values } = parseArgs({
  options: {
    files: { type: 'string' },
    limit: { type: 'string', default: '60' },
    preset: { type: 'string', default: 'quick-look' },
  },
});
if (!values.files) throw new Error('--files names CSV files, perhaps packed by gzip, with commas between them');

interface Answer {
  readonly id: string;
  readonly rows: number;
  readonly status: string;
  readonly count: number;
  readonly error: unknown;
}

async function ask(url: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${init?.method ?? 'GET'} ${url}: ${response.status} ${text.slice(0, 500)}`);
  return JSON.parse(text) as Answer;
}

const folder = temporaryFolder('risk-table');
const service = await startService({ data: folder });
const client = new Client(service.url);
console.log(
  '| table | rows | upload | whole | memory at most | of the limit | stages |\n|---|---|---|---|---|---|---|',
);
try {
  for (const file of values.files.split(',')) {
    const stored = readFileSync(file);
    const bytes = file.endsWith('.gz') ? gunzipSync(stored) : stored;
    const memory = watchMemory(service.pid ?? process.pid, 50);
    const started = performance.now();
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(bytes)]), basename(file, '.gz'));
    const dataset = await ask(`${service.url}/api/datasets/`, { method: 'POST', body: form });
    const uploaded = performance.now();
    const jobs = `${service.url}/api/clustering-jobs/`;
    const job = await ask(jobs, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ dataset: dataset.id, preset: values.preset }),
    });
    await ask(`${jobs}${job.id}/execute_all_steps/`, { method: 'POST' });
    for (;;) {
      const { status, error } = await ask(`${jobs}${job.id}/`);
      if (status === 'Completed') break;
      if (status === 'Failed') throw new Error(`${file}: ${JSON.stringify(error)}`);
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
    const risks = await ask(`${service.url}/api/risk-analysis/${job.id}/?order=-risk_score`);
    await ask(`${service.url}/api/risk-analysis/${job.id}/0/`);
    const seconds = (performance.now() - started) / 1000;
    const cells = [
      basename(file),
      `${dataset.rows} (${risks.count} risks)`,
      `${((uploaded - started) / 1000).toFixed(1)} s`,
      `${seconds.toFixed(1)} s`,
      mebibytes(memory.stop().rss),
      (seconds / Number(values.limit)).toFixed(2),
      await stageTimes(client),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
} finally {
  client.close();
  await service.stop();
  removeFolder(folder);
}
