/**
 * The compute process: forked by the runner, runs one stage at a time, knows the object store and nothing else. It may be
 * killed at any moment; what it wrote counts only once the runner has recorded it.
 */
import { mkdir, rm } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { DomainError, toErrorRecord } from '../errors.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { openObjectStore } from '../objects/open-store.ts';
import { asOutage } from '../outage.ts';
import { ComputeContext } from './compute-context.ts';
import type { FromCompute, StageTask, ToCompute } from './compute-protocol.ts';
import type { Stage } from './stage.ts';

type StageLists = Readonly<Record<string, readonly Stage[]>>;

let stages: StageLists = {};
let store: ObjectStore | undefined;
let abort: AbortController | undefined;

function send(message: FromCompute): void {
  // Without a parent there is nobody to work for; 'disconnect' ends the process.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

async function run(task: StageTask): Promise<void> {
  const stage = stages[task.pipeline]?.find((candidate) => candidate.name === task.stage);
  abort = new AbortController();
  try {
    if (!stage || !store)
      throw new DomainError('UNKNOWN_PIPELINE', `There is no stage ${task.stage} in ${task.pipeline}`);
    await rm(task.scratch, { recursive: true, force: true });
    await mkdir(task.scratch, { recursive: true });
    const context = new ComputeContext(task, store, abort.signal, send);
    await context.open();
    const result = await stage.run(context);
    abort.signal.throwIfAborted();
    await rm(task.scratch, { recursive: true, force: true });
    send({ type: 'done', outcome: { result, outputs: context.outputs }, rss: process.memoryUsage.rss() });
  } catch (error) {
    await rm(task.scratch, { recursive: true, force: true }).catch(() => undefined);
    const stack = error instanceof Error && !(error instanceof DomainError) ? (error.stack ?? '') : '';
    if (stack) send({ type: 'log', level: 'warning', message: `stage ${task.stage} failed`, fields: { stack } });
    send({
      type: 'failed',
      error: toErrorRecord(asOutage(error) ?? error, 'STAGE_FAILED'),
      rss: process.memoryUsage.rss(),
    });
  } finally {
    abort = undefined;
  }
}

process.on('disconnect', () => process.exit(0));
// The terminal's Ctrl-C reaches the whole group; the runner decides when we end.
process.on('SIGINT', () => undefined);
process.on('message', async (message: ToCompute) => {
  switch (message.type) {
    case 'init': {
      setPriority(message.niceness);
      store = await openObjectStore(message.objects);
      const module = (await import(message.stagesModule)) as { STAGES: StageLists };
      stages = module.STAGES;
      send({ type: 'ready' });
      break;
    }
    case 'run':
      await run(message.task);
      break;
    case 'abort':
      abort?.abort(new DomainError('CANCELLED', message.reason));
      break;
  }
});
