/** A thread that answers questions one after the other while the service serves: it starts with the first and never holds the process. */
import { parentPort, Worker } from 'node:worker_threads';
import { DomainError, type ErrorRecord, fromErrorRecord, toErrorRecord } from '../errors.ts';

interface Asked<Question> {
  readonly id: number;
  readonly question: Question;
}

interface Told<Answer> {
  readonly id: number;
  readonly answer?: Answer;
  readonly error?: ErrorRecord;
}

export class QuestionThread<Question, Answer> {
  readonly #waiting = new Map<number, PromiseWithResolvers<Answer>>();
  readonly #module: URL;
  readonly #most: number;
  #worker: Worker | undefined;
  #asked = 0;

  /** @param module calls `answerQuestions`. @param most questions that may wait: whoever asks one more is told to come back. */
  constructor(module: URL, most: number) {
    this.#module = module;
    this.#most = most;
  }

  /** @throws DomainError RATE_LIMITED where too many wait; what the thread throws, STAGE_FAILED where it says no more. */
  async ask(question: Question): Promise<Answer> {
    if (this.#waiting.size >= this.#most) throw new DomainError('RATE_LIMITED', 'Too many such questions wait already');
    const id = ++this.#asked;
    const answer = Promise.withResolvers<Answer>();
    this.#waiting.set(id, answer);
    this.#thread().postMessage({ id, question } satisfies Asked<Question>);
    return answer.promise;
  }

  #thread(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(this.#module);
    worker.unref();
    worker.on('message', ({ id, answer, error }: Told<Answer>) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting?.reject(fromErrorRecord(error));
      else waiting?.resolve(answer as Answer);
    });
    worker.on('error', (cause) => this.#end(new DomainError('STAGE_FAILED', 'It could not be answered', { cause })));
    worker.on('exit', () => this.#end(new DomainError('STAGE_FAILED', 'The thread that answers has ended')));
    this.#worker = worker;
    return worker;
  }

  /** The next question starts another thread. */
  #end(error: DomainError): void {
    this.#worker = undefined;
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}

/** In the thread. What `answer` throws goes back to who asked. */
export function answerQuestions<Question, Answer>(answer: (question: Question) => Answer | Promise<Answer>): void {
  parentPort?.on('message', async ({ id, question }: Asked<Question>) => {
    try {
      parentPort?.postMessage({ id, answer: await answer(question) });
    } catch (error) {
      parentPort?.postMessage({ id, error: toErrorRecord(error, 'STAGE_FAILED') });
    }
  });
}
