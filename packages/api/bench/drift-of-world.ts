/** The drift stage over a step of the demo world, as the benchmarks of drift run it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rowBatches, type TableName } from '../../demo/src/world/tables.ts';
import { momentOf, type World } from '../../demo/src/world/world.ts';
import { driftStage } from '../src/lookalike/stages/drift.ts';
import { ingestStage } from '../src/lookalike/stages/ingest.ts';
import { DirectoryStageContext } from '../src/pipelines/directory-context.ts';

/** Offers shown are most of a version's rows and tell drift nothing. */
const TABLES: readonly TableName[] = [
  'people',
  'segments',
  'transaction',
  'offer',
  'merchant',
  'financial_account',
  'receipts',
];

async function writeVersion(world: World, step: number, folder: string): Promise<void> {
  const tables: Record<
    string,
    { total_batches: number; batches: { batch_id: number; hash: string; bytes: number }[] }
  > = {};
  for (const { table, rows } of rowBatches(world, momentOf(world, step), TABLES, 20_000)) {
    tables[table] ??= { total_batches: 0, batches: [] };
    const batchId = ++tables[table].total_batches;
    const body = `{"records":[${rows.join(',')}]}`;
    await writeFile(join(folder, `batch.${table}.${batchId}`), body);
    tables[table].batches.push({ batch_id: batchId, hash: '', bytes: Buffer.byteLength(body) });
  }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ version: `step ${step}`, tables }));
}

/** What the drift stage writes of a step of a world. @param reference a profile to compare with */
export async function driftOf(
  world: World,
  step: number,
  reference: string | undefined,
): Promise<{ readonly report: string; readonly profile: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-bench-drift-'));
  try {
    await writeVersion(world, step, folder);
    if (reference) await writeFile(join(folder, 'reference.json'), reference);
    const context = await DirectoryStageContext.open(folder);
    await ingestStage.run(context);
    await driftStage.run(context);
    const read = (name: string) => readFile(join(folder, name), 'utf8');
    return { report: await read('drift.json'), profile: await read('drift-profile.json') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
