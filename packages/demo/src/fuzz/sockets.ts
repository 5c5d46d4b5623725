import { graphqlWebSocket } from '../graphql-websocket.ts';
import { Random } from '../random.ts';
import { oddValue } from './odd-value.ts';

const TYPES = ['connection_init', 'subscribe', 'complete', 'ping', 'pong', 'next', 'error', 'nonsense', ''];
const QUERIES = [
  'subscription { jobUpdated { status } }',
  '{ serviceStatus { ready } }',
  '{',
  'subscription { x }',
  '',
];

/** One message of a client that has not read the protocol. */
function oddMessage(random: Random): string | Uint8Array<ArrayBuffer> {
  switch (random.below(5)) {
    case 0:
      return JSON.stringify(oddValue(random)) ?? 'undefined';
    case 1:
      return '['.repeat(random.between(1, 20_000));
    case 2:
      return Uint8Array.from({ length: random.between(0, 200) }, () => random.below(256));
    case 3:
      return JSON.stringify({ type: random.pick(TYPES), id: oddValue(random), payload: oddValue(random) });
    default:
      return JSON.stringify({
        type: random.pick(TYPES),
        id: String(random.below(3)),
        payload: { query: random.pick(QUERIES), variables: oddValue(random) },
      });
  }
}

/**
 * Opens websockets and sends what no client would. The server may answer or close; what counts is that it lives on.
 *
 * @param url of the service, beginning with http.
 * @param cookie of a session; a stranger's messages would go no further than the door.
 */
export async function fuzzSockets(url: string, cookie: string, seed: number, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const random = new Random(seed, 0x50c8e7, index);
    const socket = graphqlWebSocket(url, cookie);
    socket.binaryType = 'arraybuffer';
    const closed = new Promise<void>((resolve) => {
      socket.addEventListener('close', () => resolve());
      socket.addEventListener('error', () => resolve());
    });
    const opened = new Promise<void>((resolve) => socket.addEventListener('open', () => resolve()));
    await Promise.race([opened, closed]);
    if (random.next() < 0.7 && socket.readyState === WebSocket.OPEN) socket.send('{"type":"connection_init"}');
    for (let sent = random.between(1, 6); sent > 0 && socket.readyState === WebSocket.OPEN; sent--) {
      socket.send(oddMessage(random));
    }
    const patience = new Promise((resolve) => setTimeout(resolve, 20));
    await Promise.race([closed, patience]);
    socket.close();
  }
}
