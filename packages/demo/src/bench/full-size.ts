/** `pnpm bench full-size [--size full]`: ingest, commit to idle, memory and latency at the size of the real data. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from '../client.ts';
import { WORLD_OPTIONS, worldOptions } from '../commands/world-options.ts';
import { removeFolder, startService, temporaryFolder } from '../service.ts';
import { commitAndWait, sendVersion } from '../stream.ts';
import { closedOffers } from '../world/truth.ts';
import type { VersionData } from '../world/version.ts';
import { createVersion } from '../world/version.ts';
import { createWorld } from '../world/world.ts';
import { latencyLine, measure } from './load.ts';
import { mebibytes, watchMemory } from './process-memory.ts';
import { stageTimes } from './stage-times.ts';

/** While it trains, each of the 50 clients pauses between questions: the two cores are there for both. */
const PAUSE_MS = 100;

const { values } = parseArgs({ options: { ...WORLD_OPTIONS, size: { type: 'string', default: 'full' } } });
const { config } = worldOptions(values);
const world = createWorld({ lawMode: 'rewrite', stepDays: 7, ...config, steps: ['base', 'drift:taste,amount'] });
const folder = temporaryFolder('full-size');
const started = performance.now();
const versions: VersionData[] = [0, 1].map((step) =>
  createVersion(world, step, { directory: join(folder, String(step)) }),
);
console.log(`generated two versions in ${((performance.now() - started) / 1000).toFixed(0)} s`);
for (const [table, { records }] of versions[0]?.tables ?? [])
  console.log(`  ${table.padEnd(18)} ${records.toLocaleString('en').padStart(12)}`);
const service = await startService();
const client = new Client(service.url, { connections: 64, timeoutMs: 300_000 });
const memory = watchMemory(service.pid ?? process.pid);
try {
  const offers = closedOffers(world, 0).slice(0, 200);
  for (const [step, data] of versions.entries()) {
    const version = `full ${step}`;
    const sent = await sendVersion(client, version, data, { seed: step, atOnce: 8, resent: 0 });
    console.log(
      `${version}: ${sent.records.toLocaleString('en')} records, ${Math.round(sent.records / sent.seconds).toLocaleString('en')} records/s; memory so far ${mebibytes(memory.peak.rss)}`,
    );
    let over = false;
    const load = step === 0 ? null : measure(client, offers, 50, 10_000_000, () => over, PAUSE_MS);
    const { seconds, status } = await commitAndWait(client, version);
    over = true;
    console.log(
      `${version}: commit to idle ${seconds.toFixed(1)} s (limit 120), model ${status.model_version}; memory so far ${mebibytes(memory.peak.rss)}`,
    );
    console.log(`  stages, seconds: ${await stageTimes(client)}`);
    if (load) console.log(latencyLine('/lookalike, 50 clients, training', await load));
    if (step > 0) continue;
    await measure(client, offers, 1, 200);
    console.log(latencyLine('/lookalike alone', await measure(client, offers, 1, 1000)));
    console.log(latencyLine('/lookalike, 50 clients', await measure(client, offers, 50, 10_000)));
  }
  const peak = memory.stop();
  console.log(
    `peak memory of all processes: ${mebibytes(peak.rss)} resident, ${mebibytes(peak.pss)} with shared pages once (limit 4096 MiB)`,
  );
} finally {
  memory.stop();
  client.close();
  await service.stop();
  removeFolder(folder);
}
