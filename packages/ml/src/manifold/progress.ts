import type { FitContext } from '../estimator.ts';

/** The context for a part of a fit, whose progress is told as from..to of the whole. */
export function partOfProgress(context: FitContext, from: number, to: number): FitContext {
  const { progress } = context;
  return progress ? { ...context, progress: (done) => progress(from + done * (to - from)) } : context;
}
