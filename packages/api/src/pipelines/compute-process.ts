import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { context } from '@opentelemetry/api';
import { DomainError, fromErrorRecord } from '../errors.ts';
import type { ObjectStoreOptions } from '../objects/open-store.ts';
import type { FromCompute, StageOutcome, StageTask, ToCompute } from './compute-protocol.ts';
import type { Json } from './stage.ts';

export interface ComputeOptions {
  /** URL of the module that exports `STAGES`: the stages by pipeline. */
  readonly stagesModule: string;
  readonly objects: ObjectStoreOptions;
  /** Scheduling priority, 0..19; 5 keeps serving quick when both want the last core, and leaves a stage a fourth of it. */
  readonly niceness?: number;
}

export interface StageListener {
  progress(done: number, message: string | undefined): void;
  metric(key: string, value: number, step: number): void;
  log(level: 'info' | 'warning', message: string, fields: { readonly [key: string]: Json }): void;
}

/**
 * V8 guards compiled code with the processor's memory keys where it has some (AMD EPYC, Xeon), and with many threads that compile
 * WebAssembly it now and then loses count of its pages and ends the process ("Check failed: jit_page.has_value()"). The
 * service itself is started with the same flag, see `start` in package.json.
 */
const NO_KEYS = '--no-memory-protection-keys';

/** How long a stage may take to notice an abort before its process is killed. */
const ABORT_GRACE_MS = 300;

/** One compute process, seen from the runner. */
export class ComputeProcess {
  readonly #child: ChildProcess;
  readonly #ready: Promise<void>;
  #receive: ((message: FromCompute) => void) | undefined;
  #died: ((error: DomainError) => void) | undefined;
  /** Resident memory after the last stage, bytes. */
  rss = 0;

  constructor(options: ComputeOptions) {
    // Nothing of the parent's flags (debuggers, test runners' loaders) belongs into the child.
    this.#child = fork(fileURLToPath(new URL('./compute.ts', import.meta.url)), [], {
      execArgv: ['--disable-warning=ExperimentalWarning', NO_KEYS],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    this.#ready = new Promise((resolve, reject) => {
      this.#receive = (message) => {
        if (message.type === 'ready') resolve();
      };
      this.#died = reject;
    });
    // Nobody may be waiting yet; whoever runs the first stage sees the failure.
    this.#ready.catch(() => undefined);
    this.#child.on('message', (message: FromCompute) => this.#receive?.(message));
    this.#child.on('error', (error) => this.#end(`could not be used: ${error.message}`));
    this.#child.on('exit', (code, signal) => this.#end(signal ? `was ended by ${signal}` : `ended with code ${code}`));
    this.#send({
      type: 'init',
      stagesModule: options.stagesModule,
      objects: options.objects,
      niceness: options.niceness ?? 5,
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && this.#child.connected;
  }

  /**
   * Runs a stage.
   *
   * @throws what the stage threw; COMPUTE_DIED when the process ended; the signal's reason when it was aborted; TIMEOUT.
   */
  async run(
    task: StageTask,
    listener: StageListener,
    signal: AbortSignal,
    timeoutSeconds: number,
  ): Promise<StageOutcome> {
    await this.#ready;
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<StageOutcome>();
    const stop = (reason: DomainError) => {
      this.#send({ type: 'abort', reason: reason.message });
      setTimeout(() => this.kill(), ABORT_GRACE_MS).unref();
      reject(reason);
    };
    const onAbort = () => stop(asDomainError(signal.reason));
    const timer = setTimeout(
      () => stop(new DomainError('TIMEOUT', `Stage ${task.stage} took longer than ${timeoutSeconds} s`)),
      timeoutSeconds * 1000,
    );
    signal.addEventListener('abort', onAbort, { once: true });
    this.#died = reject;
    // Messages come as events of the process, which may have been started under another job: its trace is not this one's.
    this.#receive = context.bind(context.active(), (message: FromCompute) => {
      switch (message.type) {
        case 'progress':
          return listener.progress(message.done, message.message);
        case 'metric':
          return listener.metric(message.key, message.value, message.step);
        case 'log':
          return listener.log(message.level, message.message, message.fields);
        case 'done':
          this.rss = message.rss;
          return resolve(message.outcome);
        case 'failed':
          this.rss = message.rss;
          return reject(fromErrorRecord(message.error));
      }
    });
    this.#send({ type: 'run', task });
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      this.#receive = undefined;
      this.#died = undefined;
    }
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #send(message: ToCompute): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #end(how: string): void {
    this.#died?.(new DomainError('COMPUTE_DIED', `The compute process ${how}`));
  }
}

function asDomainError(reason: unknown): DomainError {
  return reason instanceof DomainError ? reason : new DomainError('CANCELLED', 'The job was cancelled');
}
