import type { Client, Reply } from '../client.ts';
import { eachOf } from '../client.ts';
import type { FuzzRequest } from './requests.ts';
import { fuzzRequest } from './requests.ts';

export interface FuzzReport {
  readonly sent: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** What must not happen, the first ones of it. */
  readonly offences: readonly string[];
  readonly offenceCount: number;
}

/** What is wrong with an answer, or null: a 5xx other than 503, no JSON, an error without its code, or one of the inside. */
export function offence(request: FuzzRequest, reply: Reply): string | null {
  const { status } = reply;
  if (status >= 500 && status !== 503) return `status ${status}`;
  const bodiless = request.method === 'HEAD' || status === 204 || status === 304;
  if (bodiless) return null;
  if (reply.json === undefined) return `not JSON (status ${status}): ${reply.text.slice(0, 120)}`;
  // REST calls what it failed at a 503, so the status alone does not tell a bug from a service that is busy.
  if (reply.text.includes('"code":"INTERNAL"')) return `an error of the inside (status ${status})`;
  if (status >= 400 && !request.path.includes('graphql')) {
    const error = (reply.json as { error?: { code?: unknown; message?: unknown } } | null)?.error;
    if (typeof error?.code !== 'string' || typeof error.message !== 'string')
      return `status ${status} without error code and message`;
  }
  return null;
}

/** Sends seeded odd requests, some at once, and judges every answer. A connection that breaks is an offence. */
export async function fuzz(
  client: Client,
  seed: number,
  count: number,
  offers: readonly { id: number; merchantId: number }[],
): Promise<FuzzReport> {
  const statuses: Record<string, number> = {};
  const offences: string[] = [];
  let offenceCount = 0;
  const blame = (index: number, request: FuzzRequest, what: string): void => {
    offenceCount++;
    if (offences.length < 20)
      offences.push(`#${index} ${request.method} ${request.path} ${request.body?.slice(0, 160) ?? ''}\n    ${what}`);
  };
  await eachOf(
    Array.from({ length: count }, (_, i) => i),
    16,
    async (index) => {
      const request = fuzzRequest(seed, index, offers);
      try {
        const reply = await client.send(request.method, request.path, request.body, request.headers);
        statuses[reply.status] = (statuses[reply.status] ?? 0) + 1;
        const what = offence(request, reply);
        if (what !== null) blame(index, request, what);
      } catch (error) {
        blame(index, request, error instanceof Error ? error.message : String(error));
      }
    },
  );
  return { sent: count, statuses, offences, offenceCount };
}
