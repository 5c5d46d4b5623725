import type { FitContext } from '@kindred/ml/estimator.ts';
import type { StageContext } from '../pipelines/stage.ts';
import { KernelThreads } from '../threads/kernel-threads.ts';

/** Threads of the stage for estimators, to the end of a block: `await using fit = fitContext(context, 'k-means', [0.1, 0.9])`. */
export function fitContext(
  context: StageContext,
  message: string,
  [from, to]: readonly [number, number] = [0, 1],
): FitContext & AsyncDisposable {
  const threads = new KernelThreads(context.threads);
  context.progress(from, message);
  return {
    threads,
    progress(done) {
      context.signal.throwIfAborted();
      context.progress(from + done * (to - from), message);
    },
    metric: (name, value, step) => context.metric(name, value, step),
    [Symbol.asyncDispose]: () => threads.close(),
  };
}
