import { Failure, failureOf } from './failure.ts';
import { type AnyDocument, type Result, textOf, type Variables } from './graphql.ts';

interface AskOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Asks the server; what it answers has the types of the document. */
export type Ask = <D extends AnyDocument>(
  document: D,
  variables?: Variables<D>,
  options?: AskOptions,
) => Promise<Result<D>>;

export interface ClientOptions {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** GraphQL over HTTP: the session's cookie goes with it by itself. */
export function createClient({ url, headers = {} }: ClientOptions): Ask {
  return async (document, variables, { signal } = {}) => {
    const init: RequestInit = {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify({ query: textOf(document), variables: variables ?? {} }),
      credentials: 'same-origin',
    };
    if (signal) init.signal = signal;
    let response: Response;
    try {
      response = await fetch(url, init);
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Failure('OFFLINE', 'The server cannot be reached', { retryable: true });
    }
    return readAnswer(response.status, await response.text(), response.headers) as never;
  };
}

/** @throws Failure of the first error that the answer has, or of an answer that is none. */
export function readAnswer(status: number, text: string, headers?: Headers): unknown {
  const answer = parse(text);
  if (answer?.errors?.length) throw failureOf(answer.errors);
  if (answer?.error) throw new Failure(answer.error.code, answer.error.message);
  if (answer?.data && status < 500) return answer.data;
  const retryAfter = Number(headers?.get('retry-after') ?? Number.NaN);
  if (status === 429) throw new Failure('RATE_LIMITED', 'Too many requests', { retryAfter, retryable: true });
  // A proxy before the service, or the service on its way up or down.
  if (status >= 500) throw new Failure('OFFLINE', 'The server cannot be reached', { retryable: true });
  throw new Failure('UNREADABLE', `The server answered ${status} with something else than JSON`);
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { message: string; extensions?: Record<string, unknown> }[];
  /** As the REST door refuses what never reached GraphQL. */
  readonly error?: { code: string; message: string };
}

function parse(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}
