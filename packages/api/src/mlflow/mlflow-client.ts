import { openAsBlob } from 'node:fs';
import { z } from 'zod';
import type { MlflowConfig } from './mlflow-config.ts';

/** A call that takes longer has failed; MLflow answers in milliseconds, but it may wait for its own database. */
const CALL_MS = 20_000;

/** MLflow answered, and does not want it: asking the same again will not help. */
export class MlflowRefusal extends Error {
  override readonly name = 'MlflowRefusal';
  /** MLflow's own word, for example `RESOURCE_DOES_NOT_EXIST`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Nobody answers, or not as MLflow does, or it does not let us in: the same call may succeed later. */
export class MlflowUnavailable extends Error {
  override readonly name = 'MlflowUnavailable';
}

const refusal = z.object({ error_code: z.string(), message: z.string().default('') });
/** These say something about the moment or the settings, nothing about what was sent. */
const PASSING = [401, 403, 408, 429];

/** MLflow's REST API: addresses, credentials, and answers that are checked. */
export class MlflowClient {
  readonly #config: MlflowConfig;

  constructor(config: MlflowConfig) {
    this.#config = config;
  }

  async get<T>(path: string, query: Record<string, string>, answer: z.ZodType<T>, signal: AbortSignal): Promise<T> {
    return this.#json(`${path}?${new URLSearchParams(query)}`, { method: 'GET' }, answer, signal);
  }

  async post<T>(path: string, body: unknown, answer: z.ZodType<T>, signal: AbortSignal): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    return this.#json(path, { method: 'POST', headers, body: JSON.stringify(body) }, answer, signal);
  }

  /** Sends a file without holding it in memory, for as long as it takes. @param path below the server's artifact root. */
  async upload(path: string, file: string, signal: AbortSignal): Promise<void> {
    const address = `mlflow-artifacts/artifacts/${path.split('/').map(encodeURIComponent).join('/')}`;
    await this.#call(address, { method: 'PUT', body: await openAsBlob(file) }, signal);
  }

  async #json<T>(path: string, init: RequestInit, answer: z.ZodType<T>, signal: AbortSignal): Promise<T> {
    const text = await this.#call(path, init, AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]));
    const parsed = answer.safeParse(parseJson(text));
    if (!parsed.success)
      throw new MlflowUnavailable(`${path} does not answer as MLflow does: ${parsed.error.issues[0]?.message}`);
    return parsed.data;
  }

  async #call(path: string, init: RequestInit, signal: AbortSignal): Promise<string> {
    const headers = { ...init.headers, ...credentials(this.#config) };
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${this.#config.uri}/api/2.0/${path}`, { ...init, headers, signal });
      text = await response.text();
    } catch (error) {
      throw new MlflowUnavailable(`MLflow cannot be reached: ${reasonOf(error)}`, { cause: error });
    }
    if (response.ok) return text;
    const refused = refusal.safeParse(parseJson(text));
    if (refused.success && response.status < 500 && !PASSING.includes(response.status))
      throw new MlflowRefusal(refused.data.error_code, `${path}: ${refused.data.message}`);
    throw new MlflowUnavailable(`MLflow answers ${response.status} to ${path}: ${text.slice(0, 300)}`);
  }
}

/** As MLflow's own client has it: a name with a password goes before a token. */
function credentials({ username, password, token }: MlflowConfig): Record<string, string> {
  if (username !== undefined && password !== undefined)
    return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
