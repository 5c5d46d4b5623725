import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/**
 * Writes the body of an answer to a new file.
 *
 * Not by `pipeline`: when the write fails it ends the request, and waits for the body to end with it. The body of an answer that has
 * arrived whole, on a connection that the server has closed since, does not, and the wait never ends (Node 24.21, full disk).
 *
 * @param silenceMs how long nothing may come: it also ends a body whose connection broke before anybody listened to it.
 * @throws what the disk says, or an error with the code ETIMEDOUT.
 */
export async function download(body: Readable, file: string, silenceMs: number): Promise<void> {
  // Told by the loop below; before that it has no listener, and one that is told nowhere ends the process.
  body.on('error', () => undefined);
  const silence = setTimeout(() => {
    body.destroy(Object.assign(new Error(`nothing came for ${silenceMs} ms`), { code: 'ETIMEDOUT' }));
  }, silenceMs);
  try {
    const handle = await open(file, 'w');
    try {
      for await (const chunk of body) {
        await handle.writeFile(chunk as Buffer);
        silence.refresh();
      }
    } finally {
      await handle.close();
    }
  } finally {
    clearTimeout(silence);
    body.destroy();
  }
}
