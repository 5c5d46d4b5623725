import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DomainError, fromErrorRecord } from '../errors.ts';
import type { WrittenRevision } from './write-revision.ts';
import type { WriteAnswer, WriteOrder } from './writer-protocol.ts';

/** The writing process, seen from the service. It lives for one series of revisions. */
export class WriterProcess {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(fileURLToPath(new URL('./writer.ts', import.meta.url)), [], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
  }

  /** @throws what the writing threw; COMPUTE_DIED when the process ended; the signal's reason when it was aborted. */
  async write(order: WriteOrder, signal: AbortSignal): Promise<WrittenRevision> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<WrittenRevision>();
    const onAnswer = (answer: WriteAnswer) =>
      answer.type === 'written' ? resolve(answer.written) : reject(fromErrorRecord(answer.error));
    const onEnd = (error: unknown) =>
      reject(new DomainError('COMPUTE_DIED', 'The process that writes DVC revisions ended', { cause: error }));
    const onAbort = () => {
      this.kill();
      reject(signal.reason);
    };
    this.#child.on('message', onAnswer).on('exit', onEnd).on('error', onEnd);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      this.#child.send(order, (error) => error && onEnd(error));
      return await promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#child.off('message', onAnswer).off('exit', onEnd).off('error', onEnd);
    }
  }

  kill(): void {
    this.#child.on('error', () => undefined);
    this.#child.kill('SIGKILL');
  }
}
