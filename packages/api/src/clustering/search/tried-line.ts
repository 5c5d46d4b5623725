/**
 * What a search has tried so far: a line in the job's log for each trial, as it is done. The stage's metrics are recorded when it ends, and
 * its leaderboard is written then.
 */
import { z } from 'zod';
import type { Json } from '../../pipelines/stage.ts';
import { requestName } from '../methods.ts';
import type { Trial } from './plan-trials.ts';
import type { ScreenedTrial } from './screened.ts';

/** Of the log line, what holds the trial. */
export const TRIED = 'tried';

export const triedTrial = z.object({
  trial: z.int(),
  name: z.string(),
  state: z.enum(['screened', 'degenerate', 'failed', 'skipped']),
  reason: z.string().nullable(),
  preparation: z.string(),
  reduction: z.string(),
  method: z.string(),
  clusters: z.int().nullable(),
  noise: z.number().nullable(),
  silhouette: z.number().nullable(),
  score: z.number().nullable(),
  seconds: z.number(),
  params: z.record(z.string(), z.unknown()),
});
export type TriedTrial = z.output<typeof triedTrial>;

/** For the log: a sentence, and what the leaderboard shows while the search runs. */
export function triedLine(
  trial: Trial,
  { state, reason, measures, score, params }: Omit<ScreenedTrial, 'number' | 'same_as'>,
  seconds: number,
): readonly [message: string, fields: Record<string, Json>] {
  const result = score === null ? `${state}${reason === null ? '' : `: ${reason}`}` : `score ${score.toFixed(3)}`;
  const tried: TriedTrial = {
    trial: trial.number,
    name: trial.name,
    state,
    reason,
    preparation: trial.preparation,
    reduction: requestName(trial.reduction.method),
    method: requestName(trial.method),
    clusters: measures?.clusters ?? null,
    noise: measures?.noise ?? null,
    silhouette: measures?.silhouette ?? null,
    score,
    seconds,
    params: params ?? trial.params,
  };
  return [`trial ${trial.number}, ${trial.name}: ${result}`, { [TRIED]: tried as Json }];
}
