import type { IncomingMessage } from 'node:http';
import { RestError } from './error-map.ts';

/**
 * The whole body, in memory of its own that can be transferred to a thread.
 *
 * @param limit bytes at most.
 * @throws RestError TOO_LARGE, UNSUPPORTED_MEDIA_TYPE for a compressed body, INVALID_INPUT where the sender breaks off.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity') {
    throw new RestError(
      'UNSUPPORTED_MEDIA_TYPE',
      `content-encoding ${encoding.slice(0, 40)} is not taken; send plain JSON`,
    );
  }
  const announced = Number(request.headers['content-length'] ?? Number.NaN);
  if (announced > limit) throw tooLarge(limit);
  try {
    return Number.isFinite(announced) ? await readKnown(request, announced) : await readUnknown(request, limit);
  } catch (error) {
    if (error instanceof RestError) throw error;
    throw new RestError('INVALID_INPUT', 'the body broke off', { field: 'body' });
  }
}

/** One allocation and one copy; the parser of HTTP sees to it that not more comes than was announced. */
async function readKnown(request: IncomingMessage, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const body = new Uint8Array(length);
  let at = 0;
  for await (const chunk of request) {
    body.set(chunk, at);
    at += chunk.length;
  }
  if (at < length) throw new RestError('INVALID_INPUT', 'the body broke off', { field: 'body' });
  return body;
}

async function readUnknown(request: IncomingMessage, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

function tooLarge(limit: number): RestError {
  return new RestError('TOO_LARGE', `the body is larger than the limit of ${limit} bytes`, { limit });
}
