import type { App } from '../app.ts';
import { commitVersion, ensureDataset } from '../datasets/dataset.operations.ts';
import type { Job } from '../jobs/job.entity.ts';
import { getJob } from '../jobs/job.operations.ts';
import { hashBytes } from '../objects/object-store.ts';

/** Sends a version of numbers to the toy pipeline, one batch for each, and commits it. @returns its job. */
export async function sendToys(app: App, version: string, numbers: readonly number[]): Promise<Job> {
  await ensureDataset(app, 'toys', 'toy');
  const batches = [];
  for (const [at, number] of numbers.entries()) {
    const bytes = Buffer.from(String(number));
    const key = `batches/${hashBytes(version)}/numbers/${at + 1}.json`;
    await app.objects.put(key, bytes, { ifAbsent: true });
    batches.push({ batch_id: at + 1, key, hash: hashBytes(bytes), bytes: bytes.length });
  }
  const manifest = { version, tables: { numbers: { total_batches: batches.length, batches } } };
  return (await commitVersion(app, 'toys', version, manifest)).job;
}

/** The job once it has ended, whoever runs it. */
export async function endOf(app: App, jobId: string): Promise<Job> {
  for (;;) {
    const job = await getJob(app, jobId);
    if (job.status !== 'pending' && job.status !== 'running') return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
