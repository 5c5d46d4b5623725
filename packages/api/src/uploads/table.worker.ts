/** A thread of table-thread.ts: reads one file and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { DomainError, toErrorRecord } from '../errors.ts';
import { asOutage } from '../outage.ts';
import { type Conversion, convertTable } from './convert-table.ts';
import type { ThreadMessage } from './table-thread.ts';

/** Nobody looks more often. */
const EVERY_MS = 100;

const tell = (message: ThreadMessage) => parentPort?.postMessage(message);
let told = 0;
try {
  const table = convertTable(workerData as Conversion, (done, message) => {
    const now = performance.now();
    if (now - told < EVERY_MS) return;
    told = now;
    tell({ kind: 'progress', done, message });
  });
  tell({ kind: 'done', table });
} catch (error) {
  const known = error instanceof DomainError ? error : asOutage(error);
  // What nobody foresaw goes out as it is, with its stack, for the log.
  if (!known) throw error;
  tell({ kind: 'failed', error: toErrorRecord(known) });
}
