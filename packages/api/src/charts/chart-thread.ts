/** Draws charts that somebody asks for while the service serves: in a thread, which starts with the first and never holds the process. */
import { Worker } from 'node:worker_threads';
import { DomainError } from '../errors.ts';
import type { ChartOption } from './chart.ts';

export interface ChartRequest {
  readonly id: number;
  readonly option: ChartOption;
}

interface ChartAnswer {
  readonly id: number;
  readonly png?: Uint8Array;
  readonly error?: string;
}

/** More than that wait for nothing: whoever asks for one more is told to come back. */
const MOST_WAITING = 50;

export class ChartThread {
  readonly #waiting = new Map<number, PromiseWithResolvers<Buffer>>();
  #worker: Worker | undefined;
  #asked = 0;

  /** @throws DomainError RATE_LIMITED where too many wait; STAGE_FAILED where it cannot be drawn. */
  async png(option: ChartOption): Promise<Buffer> {
    if (this.#waiting.size >= MOST_WAITING) throw new DomainError('RATE_LIMITED', 'Too many pictures are being drawn');
    const id = ++this.#asked;
    const answer = Promise.withResolvers<Buffer>();
    this.#waiting.set(id, answer);
    this.#thread().postMessage({ id, option } satisfies ChartRequest);
    return answer.promise;
  }

  #thread(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./chart.worker.ts', import.meta.url));
    worker.unref();
    worker.on('message', ({ id, png, error }: ChartAnswer) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (png) waiting?.resolve(Buffer.from(png));
      else waiting?.reject(new DomainError('STAGE_FAILED', `The picture could not be drawn: ${error}`));
    });
    worker.on('error', (cause) =>
      this.#end(new DomainError('STAGE_FAILED', 'The pictures could not be drawn', { cause })),
    );
    worker.on('exit', () => this.#end(new DomainError('STAGE_FAILED', 'The thread that draws pictures has ended')));
    this.#worker = worker;
    return worker;
  }

  /** The next picture starts another thread. */
  #end(error: DomainError): void {
    this.#worker = undefined;
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}

export const chartThread = new ChartThread();
