/**
 * `pnpm bench expectations [--users 20000] [--seed 1] [--rounds 3]`: our validation against Great Expectations' on pandas, the
 * same suites over the same tables of the demo world, in the same run. Ours is the whole stage, with one thread and with two;
 * theirs is without starting Python, reading the tables and validating. Exit code 1 if a verdict or a count differs.
 */
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rowBatches, TABLE_NAMES } from '../../demo/src/world/tables.ts';
import { createWorld, momentOf } from '../../demo/src/world/world.ts';
import { ingestStage } from '../src/lookalike/stages/ingest.ts';
import { validateStage } from '../src/lookalike/stages/validate.ts';
import { DirectoryStageContext } from '../src/pipelines/directory-context.ts';
import { type BothResults, findGreatExpectations, validateWithBoth } from '../src/test/great-expectations.ts';

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
  },
});
const BATCH = 20_000;

async function writeWorld(folder: string): Promise<void> {
  const world = createWorld({ seed: Number(values.seed), users: Number(values.users), steps: ['base'] });
  const tables: Record<
    string,
    { total_batches: number; batches: { batch_id: number; hash: string; bytes: number }[] }
  > = {};
  for (const { table, rows } of rowBatches(world, momentOf(world, 0), TABLE_NAMES, BATCH)) {
    tables[table] ??= { total_batches: 0, batches: [] };
    const batchId = ++tables[table].total_batches;
    const body = `{"records":[${rows.join(',')}]}`;
    await writeFile(join(folder, `batch.${table}.${batchId}`), body);
    tables[table].batches.push({ batch_id: batchId, hash: '', bytes: Buffer.byteLength(body) });
  }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ version: 'v1', tables }));
}

async function ourSeconds(folder: string, threads: number): Promise<number> {
  const context = await DirectoryStageContext.open(folder, { threads });
  const began = performance.now();
  await validateStage.run(context);
  return (performance.now() - began) / 1000;
}

function differences({ ours, theirs }: BothResults): string[] {
  const told = (results: BothResults['ours']) =>
    new Map(
      results.validation_results.flatMap(({ suite_name, results: checks }) =>
        checks.map(({ expectation_config: { meta }, success, result }) => [
          `${suite_name} ${meta.check}`,
          `${success} ${result.unexpected_count}`,
        ]),
      ),
    );
  const [mine, other] = [told(ours), told(theirs)];
  return [...mine].filter(([check, verdict]) => other.get(check) !== verdict).map(([check]) => check);
}

const median = (seconds: readonly number[]) => seconds.toSorted((a, b) => a - b)[seconds.length >> 1];

const python = findGreatExpectations();
if (python === undefined) {
  console.error('Great Expectations is not installed: node scripts/install-peers.ts');
  process.exit(2);
}
const folder = await mkdtemp(join(tmpdir(), 'kindred-bench-expectations-'));
try {
  await writeWorld(folder);
  const context = await DirectoryStageContext.open(folder);
  const { summary } = await ingestStage.run(context);
  await validateStage.run(context);
  // From the second version on all checks are there.
  await copyFile(join(folder, 'profile.json'), join(folder, 'baseline.json'));
  const one: number[] = [];
  const two: number[] = [];
  const reading: number[] = [];
  const validating: number[] = [];
  let last: BothResults | undefined;
  for (let round = 0; round < Number(values.rounds); round++) {
    one.push(await ourSeconds(folder, 1));
    two.push(await ourSeconds(folder, 2));
    [last] = await validateWithBoth(python, [folder]);
    reading.push(last.theirs.seconds.reading);
    validating.push(last.theirs.seconds.validating);
  }
  if (!last) throw new Error('--rounds must be at least 1');
  const checks = last.ours.validation_results.reduce((sum, { results }) => sum + results.length, 0);
  const wrong = differences(last);
  const theirs = median(reading) + median(validating);
  const line = (name: string, seconds: number) =>
    `${name.padEnd(34)} ${seconds.toFixed(2).padStart(7)} s   ratio ${(seconds / theirs).toFixed(3)}`;
  console.log(`${summary.rows} rows, ${checks} expectations, medians of ${values.rounds} rounds`);
  console.log(line(`Great Expectations ${last.theirs.version}`, theirs));
  console.log(`  of which reading ${median(reading).toFixed(2)} s, validating ${median(validating).toFixed(2)} s`);
  console.log(line('ours, one thread', median(one)));
  console.log(line('ours, two threads', median(two)));
  console.log(
    wrong.length === 0 ? 'every verdict and unexpected count is the same' : `they differ in: ${wrong.join(', ')}`,
  );
  if (wrong.length > 0) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
