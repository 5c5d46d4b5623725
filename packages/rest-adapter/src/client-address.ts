import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Who asks, as rates, failed sign-ins and the journal count them: the address of the client. */
export type ClientAddress = (request: IncomingMessage) => string | null;

/**
 * The address of the connection, or, where that is a trusted proxy's, the one that the proxy was connected from: the last in
 * `X-Forwarded-For` that is no trusted proxy's itself. What stands before it anybody may have written.
 *
 * @param proxies addresses and networks (`10.0.0.0/8`); none for the connection alone.
 */
export function clientAddress(proxies: readonly string[]): ClientAddress {
  const trusted = new BlockList();
  for (const proxy of proxies) {
    const [address = '', prefix] = proxy.split('/', 2);
    if (prefix === undefined) trusted.addAddress(address, family(address));
    else trusted.addSubnet(address, Number(prefix), family(address));
  }
  return ({ socket, headers }) => {
    let address = socket.remoteAddress ?? null;
    if (proxies.length === 0) return address;
    const said = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
    while (address !== null && trusted.check(address, family(address))) {
      const before = withoutPort(said.pop() ?? '');
      if (isIP(before) === 0) break;
      address = before;
    }
    return address;
  };
}

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Some proxies write `1.2.3.4:5678` and `[2001:db8::1]:5678`. */
function withoutPort(said: string): string {
  const text = said.trim();
  return /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
}
