import { DomainError } from '../errors.ts';
import type { Job } from '../jobs/job.entity.ts';
import type { StageRun } from '../jobs/stage-run.entity.ts';
import { canonicalJson } from '../objects/canonical-json.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { StageOutcome } from './compute-protocol.ts';
import type { MetricPoint, Sources, StageRecord } from './pipeline.ts';
import type { ArtifactRef, Json, Stage } from './stage.ts';
import { type StageInputs, selectInputs, stageKey } from './stage-inputs.ts';

/** What a job has so far: its sources, and what its recorded stages made, said and made unnecessary. */
export class JobResults {
  readonly #store: ObjectStore;
  readonly #commit: string | undefined;
  readonly #artifacts = new Map<string, ArtifactRef>();
  readonly #summaries = new Map<string, { readonly [key: string]: Json }>();
  readonly #metrics: MetricPoint[] = [];
  readonly #skipped = new Set<string>();
  #sources: Sources = { artifacts: [] };
  #stopped = false;

  constructor(store: ObjectStore, commit: string | undefined) {
    this.#store = store;
    this.#commit = commit;
  }

  /** Whether a stage said stop: only those that run always go on. */
  get stopped(): boolean {
    return this.#stopped;
  }

  start(sources: Sources): void {
    this.#sources = sources;
    for (const artifact of sources.artifacts) this.#artifacts.set(artifact.name, artifact);
  }

  take(stage: string, { outputs, result }: StageOutcome, metrics: readonly MetricPoint[]): void {
    for (const output of outputs) this.#artifacts.set(output.name, output);
    // Keys in one order, as the database and a file of it would give them back: what a stage makes of them is the same.
    this.#summaries.set(stage, JSON.parse(canonicalJson(result.summary)) as { [key: string]: Json });
    this.#metrics.push(...metrics);
    for (const name of result.skip ?? []) this.#skipped.add(name);
    if (result.stop) this.#stopped = true;
  }

  /** Whether the stage is not to run, after what the stages before it came to. */
  leavesOut(stage: Stage): boolean {
    return (this.#stopped && !stage.always) || this.#skipped.has(stage.name);
  }

  /** @throws DomainError ARTIFACT_MISSING */
  inputsOf(stage: Stage): StageInputs {
    return selectInputs(stage, {
      artifacts: this.#artifacts,
      bundles: this.#sources.bundles ?? [],
      summaries: new Map([...this.#summaries].map(([name, summary]) => [`summary.${name}`, summary as Json])),
    });
  }

  summary(stage: string): { readonly [key: string]: Json } | undefined {
    return this.#summaries.get(stage);
  }

  /** A finished stage as its `record` sees it. */
  view(job: Job, stageRun: StageRun, { result }: StageOutcome, metrics: readonly MetricPoint[]): StageRecord {
    const find = (name: string) => this.#artifacts.get(name);
    const artifact = (name: string) => {
      const found = find(name);
      if (!found)
        throw new DomainError('ARTIFACT_MISSING', `Job ${job.id} has no artifact ${name}`, { details: { name } });
      return found;
    };
    return {
      job,
      stageRun,
      result,
      metrics,
      jobMetrics: this.#metrics,
      commit: this.#commit,
      find,
      artifact,
      json: async (name) => JSON.parse((await this.#store.get(artifact(name).key)).toString('utf8')) as Json,
      summary: (name) => this.#summaries.get(name),
    };
  }
}

/** The key of a stage of the job, given its inputs. */
export const keyOf = (stage: Stage, inputs: StageInputs, { params, seed }: Job): string =>
  stageKey(stage, inputs, params, seed);
