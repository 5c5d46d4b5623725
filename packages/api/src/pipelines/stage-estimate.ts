import type { Em } from '../db/orm.ts';
import type { Stage } from './stage.ts';

/** Durations that count, per stage: the newest few, because data grows. */
const HISTORY = 5;

/** Median seconds of the newest completed runs of each stage of a pipeline; stages without history are absent. */
export async function stageHistory(em: Em, pipeline: string): Promise<Map<string, number>> {
  const rows = await em.execute<{ name: string; seconds: number }[]>(
    `select name, percentile_cont(0.5) within group (order by seconds) as seconds
     from (
       select s.name, extract(epoch from s.finished_at - s.started_at)::float8 as seconds,
         row_number() over (partition by s.name order by s.finished_at desc) as age
       from stage_run s join job j on j.id = s.job_id
       where j.pipeline = ? and s.status = 'completed' and s.started_at is not null
     ) recent
     where age <= ? group by name`,
    [pipeline, HISTORY],
  );
  return new Map(rows.map((row) => [row.name, Number(row.seconds)]));
}

interface Progress {
  /** Share of the job done, 0..1. */
  readonly progress: number;
  /** Seconds to the end of the job and of the stage; null while nothing is known to base them on. */
  readonly etaSeconds: number | null;
  readonly stageEtaSeconds: number | null;
}

/**
 * Progress and time left of a job, from the durations of earlier runs, or from the stages' weights where there are none.
 * Weights are relative; they are scaled to seconds by the stages whose duration is known, in history or in this job.
 */
export class StageEstimate {
  readonly #weights: Map<string, number>;
  readonly #history: ReadonlyMap<string, number>;
  readonly #spent = new Map<string, number>();
  readonly #dropped = new Set<string>();

  constructor(stages: readonly Stage[], history: ReadonlyMap<string, number>) {
    this.#weights = new Map(stages.map((stage) => [stage.name, Math.max(stage.weight, 1e-6)]));
    this.#history = history;
  }

  /** @param seconds how long it took; 0 for one that was reused. */
  finished(stage: string, seconds: number): void {
    this.#spent.set(stage, seconds);
  }

  /** The stage will not run. */
  dropped(stage: string): void {
    this.#dropped.add(stage);
  }

  /** @param done share of the running stage, 0..1; @param elapsed its seconds so far. */
  at(stage: string, done: number, elapsed: number): Progress {
    const secondsPerWeight = this.#secondsPerWeight(stage, done, elapsed);
    const scale = secondsPerWeight ?? 1;
    let finished = 0;
    let left = 0;
    let stageLeft = 0;
    for (const [name, weight] of this.#weights) {
      if (this.#dropped.has(name)) continue;
      const expected = this.#history.get(name) ?? weight * scale;
      if (this.#spent.has(name)) {
        finished += expected;
      } else if (name === stage) {
        // Past half of the way the stage itself is a better witness than its history.
        stageLeft = done > 0.5 ? (elapsed / done) * (1 - done) : Math.max(0, expected * (1 - done));
        finished += expected * done;
        left += secondsPerWeight === undefined ? expected * (1 - done) : stageLeft;
      } else {
        left += expected;
      }
    }
    const known = secondsPerWeight !== undefined;
    return {
      progress: finished + left > 0 ? Math.min(1, finished / (finished + left)) : 0,
      etaSeconds: known ? left : null,
      stageEtaSeconds: known ? stageLeft : null,
    };
  }

  #secondsPerWeight(stage: string, done: number, elapsed: number): number | undefined {
    let seconds = 0;
    let weights = 0;
    for (const [name, weight] of this.#weights) {
      const spent = this.#spent.get(name) || undefined;
      const known = this.#history.get(name) ?? spent ?? (name === stage && done > 0.05 ? elapsed / done : undefined);
      if (known === undefined) continue;
      seconds += known;
      weights += weight;
    }
    return weights > 0 ? seconds / weights : undefined;
  }
}
