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
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    // Listeners, not an iterator: most bodies are one small chunk, and an iterator costs more than parsing it.
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) {
        request.removeAllListeners('data');
        reject(tooLarge(limit));
        return;
      }
      chunks.push(chunk);
    });
    request.on('end', () => {
      if (request.complete) resolve(joined(chunks, length));
      else reject(brokenOff());
    });
    request.on('error', () => reject(brokenOff()));
    request.on('close', () => reject(brokenOff()));
  });
}

/** One copy into memory of its own: chunks lie in buffers that the socket goes on using. */
function joined(chunks: readonly Buffer[], length: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

function brokenOff(): RestError {
  return new RestError('INVALID_INPUT', 'the body broke off', { field: 'body' });
}

function tooLarge(limit: number): RestError {
  return new RestError('TOO_LARGE', `the body is larger than the limit of ${limit} bytes`, { limit });
}
