import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isId } from '../db/ids.ts';
import type { Database } from '../db/orm.ts';
import { Job } from '../jobs/job.entity.ts';

/** Local files of a job while it runs. */
export function scratchFolder(dataDir: string, jobId = ''): string {
  return join(dataDir, 'scratch', jobId);
}

/** Removes what killed workers left of jobs that others have ended since. Of any other job a process may be at work in it. */
export async function removeEndedScratch(database: Database, dataDir: string): Promise<void> {
  const names = await readdir(scratchFolder(dataDir)).catch(() => []);
  const ended = await database
    .fork()
    .find(Job, { id: { $in: names.filter(isId) }, status: { $in: ['completed', 'failed', 'cancelled'] } });
  for (const { id } of ended) await rm(scratchFolder(dataDir, id), { recursive: true, force: true });
}
