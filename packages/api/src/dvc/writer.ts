/**
 * The process that writes revisions: hashing gigabytes is no work for the loop that serves, and may wait for everything else.
 * It has no database, and may be killed at any moment.
 */
import { setPriority } from 'node:os';
import { toErrorRecord } from '../errors.ts';
import { openObjectStore } from '../objects/open-store.ts';
import { REPORTS } from '../pipelines/reports.ts';
import { writeRevision } from './write-revision.ts';
import type { WriteAnswer, WriteOrder } from './writer-protocol.ts';

/** Below the compute processes: a version that waits is worth more than one that is done. */
const NICENESS = 15;

setPriority(NICENESS);
process.on('disconnect', () => process.exit());
process.on('message', ({ root, objects, plan }: WriteOrder) => {
  write({ root, objects, plan }).then(
    (written) => answer({ type: 'written', written }),
    (error: unknown) => answer({ type: 'failed', error: toErrorRecord(error) }),
  );
});

async function write({ root, objects, plan }: WriteOrder) {
  const place = { root, objects: await openObjectStore(objects), s3: objects.s3 };
  return writeRevision(place, plan, REPORTS[plan.pipeline]);
}

function answer(message: WriteAnswer): void {
  process.send?.(message);
}
