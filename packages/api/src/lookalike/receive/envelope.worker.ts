import { isDeepStrictEqual } from 'node:util';
import { parentPort } from 'node:worker_threads';
import { toErrorRecord } from '../../errors.ts';
import { checkBatch, recordsOf } from './envelope.ts';
import type { EnvelopeAnswer, EnvelopeTask } from './envelope-pool.ts';

/** Parses and checks bodies away from the loop that serves. Bytes come and go by transfer, never by copy. */
parentPort?.on('message', (task: EnvelopeTask) => {
  let answer: EnvelopeAnswer;
  const transfer: ArrayBuffer[] = [];
  try {
    if (task.kind === 'check') {
      const batch = checkBatch(task.body);
      transfer.push(batch.body.buffer);
      answer = { id: task.id, ok: true, value: batch };
    } else {
      answer = { id: task.id, ok: true, value: equalRecords(task.body, task.other) };
    }
  } catch (error) {
    answer = { id: task.id, ok: false, error: toErrorRecord(error) };
  }
  parentPort?.postMessage(answer, transfer);
});

function equalRecords(one: Uint8Array<ArrayBuffer>, other: Uint8Array<ArrayBuffer>): boolean {
  try {
    return isDeepStrictEqual(recordsOf(one), recordsOf(other));
  } catch {
    // Nested too deeply to be compared, or not readable: then only equal bytes are equal.
    return false;
  }
}
