/** A stage's context over a plain folder: artifacts are files named after themselves. For `dvc repro` and for tests. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '../errors.ts';
import type { ArtifactRef, Json, StageContext } from './stage.ts';

export interface DirectoryContextOptions {
  readonly params?: Readonly<Record<string, Json>>;
  readonly seed?: number;
  readonly signal?: AbortSignal;
  readonly threads?: number;
  readonly memoryBytes?: number;
  /** Where batches are, if not in the folder itself: `batch.<table>.<id>` -> a path. */
  readonly resolve?: (name: string) => string | undefined;
  readonly onProgress?: (done: number, message: string | undefined) => void;
  readonly onMetric?: (key: string, value: number, step: number | undefined) => void;
  readonly onLog?: (message: string, fields: Record<string, Json> | undefined) => void;
}

/** No name leaves the folder: separators and leading dots are not part of artifact names. */
function checkName(name: string): void {
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name)) {
    throw new DomainError('INVALID_INPUT', `"${name}" is no artifact name.`);
  }
}

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

export class DirectoryStageContext implements StageContext {
  readonly params: Readonly<Record<string, Json>>;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly scratch: string;
  readonly threads: number;
  readonly memoryBytes: number;
  /** Metrics in the order emitted, for the caller to keep. */
  readonly metrics: { key: string; value: number; step?: number }[] = [];
  private readonly folder: string;
  private readonly options: DirectoryContextOptions;
  private readonly hashes = new Map<string, string>();

  private constructor(folder: string, scratch: string, options: DirectoryContextOptions) {
    this.folder = folder;
    this.scratch = scratch;
    this.options = options;
    this.params = options.params ?? {};
    this.seed = options.seed ?? 0;
    this.signal = options.signal ?? new AbortController().signal;
    this.threads = options.threads ?? 2;
    this.memoryBytes = options.memoryBytes ?? 1.5 * 2 ** 30;
  }

  /** Opens `folder`, making it and an empty scratch directory inside. */
  static async open(folder: string, options: DirectoryContextOptions = {}): Promise<DirectoryStageContext> {
    const scratch = join(folder, '.scratch');
    await rm(scratch, { recursive: true, force: true });
    await mkdir(scratch, { recursive: true });
    return new DirectoryStageContext(folder, scratch, options);
  }

  /** The reference's hash is empty until the file was written by this context or hashed: nobody here compares by hash. */
  find(name: string): ArtifactRef | undefined {
    const path = this.locate(name);
    if (path === undefined) return undefined;
    return { name, hash: this.hashes.get(name) ?? '', key: path, bytes: statSync(path).size };
  }

  async path(name: string): Promise<string> {
    const path = this.locate(name);
    if (path === undefined) throw new DomainError('ARTIFACT_MISSING', `There is no "${name}" in ${this.folder}.`);
    return path;
  }

  async json(name: string): Promise<Json> {
    return JSON.parse(await readFile(await this.path(name), 'utf8')) as Json;
  }

  async output(name: string, file: string): Promise<ArtifactRef> {
    checkName(name);
    const target = join(this.folder, name);
    await rename(file, target).catch(async () => copyFile(file, target));
    const hash = await sha256OfFile(target);
    this.hashes.set(name, hash);
    return { name, hash, key: target, bytes: (await stat(target)).size };
  }

  async outputJson(name: string, value: Json): Promise<ArtifactRef> {
    const file = join(this.scratch, name);
    await writeFile(file, JSON.stringify(value));
    return this.output(name, file);
  }

  progress(done: number, message?: string): void {
    this.options.onProgress?.(done, message);
  }

  metric(key: string, value: number, step?: number): void {
    this.metrics.push(step === undefined ? { key, value } : { key, value, step });
    this.options.onMetric?.(key, value, step);
  }

  log(message: string, fields?: Record<string, Json>): void {
    this.options.onLog?.(message, fields);
  }

  warn(message: string, fields?: Record<string, Json>): void {
    this.options.onLog?.(message, fields);
  }

  private locate(name: string): string | undefined {
    checkName(name);
    const path = this.options.resolve?.(name) ?? join(this.folder, name);
    return existsSync(path) ? path : undefined;
  }
}
