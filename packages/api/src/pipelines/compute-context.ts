import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestMembers, manifestSchema } from '../datasets/manifest.ts';
import { DomainError } from '../errors.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { FromCompute, StageTask } from './compute-protocol.ts';
import type { ArtifactRef, Json, StageContext } from './stage.ts';

/** A stage's context in the compute process: inputs from the object store, outputs into it, news over IPC. */
export class ComputeContext implements StageContext {
  readonly params: Readonly<Record<string, Json>>;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly scratch: string;
  readonly threads: number;
  readonly memoryBytes: number;
  readonly #task: StageTask;
  readonly #store: ObjectStore;
  readonly #send: (message: FromCompute) => void;
  readonly #inputs: ReadonlyMap<string, ArtifactRef>;
  readonly #outputs = new Map<string, ArtifactRef>();
  readonly #members = new Map<string, ArtifactRef>();
  #sentProgressAt = 0;

  constructor(task: StageTask, store: ObjectStore, signal: AbortSignal, send: (message: FromCompute) => void) {
    this.params = task.params;
    this.seed = task.seed;
    this.signal = signal;
    this.scratch = task.scratch;
    this.threads = task.threads;
    this.memoryBytes = task.memoryBytes;
    this.#task = task;
    this.#store = store;
    this.#send = send;
    this.#inputs = new Map(task.inputs.artifacts.map((artifact) => [artifact.name, artifact]));
  }

  /** Outputs in the order of their names, so that a StageRun does not depend on which was written first. */
  get outputs(): ArtifactRef[] {
    return [...this.#outputs.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Reads the manifests of bundles, so that `find` can answer at once. */
  async open(): Promise<void> {
    for (const { manifest } of this.#task.inputs.bundles) {
      const parsed = manifestSchema.parse(JSON.parse((await this.#store.get(manifest.key)).toString('utf8')));
      for (const [name, artifact] of manifestMembers(parsed)) this.#members.set(name, artifact);
    }
  }

  find(name: string): ArtifactRef | undefined {
    return this.#inputs.get(name) ?? this.#members.get(name);
  }

  async path(name: string): Promise<string> {
    const summary = this.#task.inputs.summaries[name];
    if (summary !== undefined) {
      const file = join(this.scratch, `${name}.json`);
      await writeFile(file, JSON.stringify(summary));
      return file;
    }
    const artifact = this.find(name);
    if (!artifact) {
      throw new DomainError('ARTIFACT_MISSING', `Stage ${this.#task.stage} has no input named ${name}`, {
        details: { name },
      });
    }
    // A stage may open it at its end, long after the store has seen it asked for.
    return this.#store.path(artifact.key, { holdIn: join(this.scratch, '.inputs') });
  }

  async json(name: string): Promise<Json> {
    const summary = this.#task.inputs.summaries[name];
    if (summary !== undefined) return summary;
    return JSON.parse(await readFile(await this.path(name), 'utf8')) as Json;
  }

  async output(name: string, file: string): Promise<ArtifactRef> {
    if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name))
      throw new DomainError('INVALID_INPUT', `"${name}" cannot name an artifact`);
    const { key, hash, bytes } = await this.#store.putContent({ file });
    const artifact = { name, hash, key, bytes };
    this.#outputs.set(name, artifact);
    return artifact;
  }

  async outputJson(name: string, value: Json): Promise<ArtifactRef> {
    const file = join(this.scratch, `.${name}.output`);
    await writeFile(file, JSON.stringify(value));
    return this.output(name, file);
  }

  progress(done: number, message?: string): void {
    // A tight loop may report thousands of times a second; a reader sees ten.
    const now = Date.now();
    if (now - this.#sentProgressAt < 100 && done < 1) return;
    this.#sentProgressAt = now;
    this.#send({ type: 'progress', done: Math.min(1, Math.max(0, done)), message });
  }

  metric(key: string, value: number, step = 0): void {
    if (!Number.isFinite(value)) {
      this.warn(`metric ${key} is not a finite number and was left out`, { key, step });
      return;
    }
    this.#send({ type: 'metric', key, value, step });
  }

  log(message: string, fields: Record<string, Json> = {}): void {
    this.#send({ type: 'log', level: 'info', message, fields });
  }

  warn(message: string, fields: Record<string, Json> = {}): void {
    this.#send({ type: 'log', level: 'warning', message, fields });
  }
}
