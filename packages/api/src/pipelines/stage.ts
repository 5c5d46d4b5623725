/**
 * The contract between the runner and a stage.
 *
 * A stage is a pure step from named artifacts to named artifacts. It runs in a compute process (never on the loop that
 * serves), sees no database, and may be killed at any moment: what it wrote counts only once the runner has recorded its
 * StageRun. The runner alone handles status, retry, progress, skipping by content hash, and lineage.
 */

/** A value that survives JSON unchanged; what stages return and what the database keeps. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** An immutable, content-addressed file of a job: sha-256 of its bytes is its identity. */
export interface ArtifactRef {
  readonly name: string;
  /** sha-256 of the bytes, hex. */
  readonly hash: string;
  /** Key in the object store. */
  readonly key: string;
  readonly bytes: number;
}

export interface StageContext {
  /** Parameters of the job, validated by the pipeline's zod schema before the job was created. */
  readonly params: Readonly<Record<string, Json>>;
  readonly seed: number;
  /** Aborted on cancel and on time-out; long loops check it. */
  readonly signal: AbortSignal;
  /** A scratch directory on local disk, removed after the stage. */
  readonly scratch: string;
  /** How many threads this stage may use. Results never depend on it. */
  readonly threads: number;
  /** Memory that the stage may plan for, in bytes (DuckDB's memory_limit and the like). */
  readonly memoryBytes: number;
  /** The input's artifact, or undefined where an optional input is absent. */
  find(name: string): ArtifactRef | undefined;
  /** Local path of an input's bytes (read only). Throws ARTIFACT_MISSING for an input that is not there. */
  path(name: string): Promise<string>;
  /** Parsed JSON of an input. */
  json(name: string): Promise<Json>;
  /** Registers a file of the scratch directory as an output. */
  output(name: string, file: string): Promise<ArtifactRef>;
  outputJson(name: string, value: Json): Promise<ArtifactRef>;
  /** Share done, 0..1, and what is going on in a few words. */
  progress(done: number, message?: string): void;
  /** A metric of the job; `step` for curves. */
  metric(key: string, value: number, step?: number): void;
  /** A line in the job's log. */
  log(message: string, fields?: Record<string, Json>): void;
  /** One that somebody should look at. */
  warn(message: string, fields?: Record<string, Json>): void;
}

export interface StageResult {
  /** Small facts about the outcome: shown in the console, handed to `record` and to later stages as `summary.<stage>`. */
  readonly summary: { [key: string]: Json };
  /** Ends the pipeline here, successfully: nothing after it runs except stages marked `always`. */
  readonly stop?: boolean;
  /** Stages that this outcome makes unnecessary. */
  readonly skip?: readonly string[];
}

export interface Stage {
  readonly name: string;
  /** Raised by hand when the stage's result changes for the same input; part of the content hash. */
  readonly codeVersion: number;
  /** Names (or prefixes ending in `*`) of artifacts that it reads; part of the content hash. `?` marks an optional one. */
  readonly inputs: readonly string[];
  /** Parameters that change its result; part of the content hash. */
  readonly params?: readonly string[];
  /**
   * The stages that it waits for; all before it in the list unless given. It may then be computed beside those that it does not
   * name, and is recorded in its turn all the same.
   */
  readonly after?: readonly string[];
  /** Runs even after a stage said stop (the report). */
  readonly always?: boolean;
  /** Expected share of the pipeline's time, for the ETA before history is known. */
  readonly weight: number;
  run(context: StageContext): Promise<StageResult>;
}
