import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { clientAddress } from './client-address.ts';

const request = (remoteAddress: string | undefined, forwarded?: string): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

it('is that of the connection, whatever a header says, while no proxy is trusted', () => {
  const address = clientAddress([]);
  expect(address(request('10.0.0.1', '203.0.113.7'))).toBe('10.0.0.1');
  expect(address(request('127.0.0.1', '203.0.113.7'))).toBe('127.0.0.1');
  expect(address(request(undefined, '203.0.113.7'))).toBeNull();
});

it.each([
  // Somebody else is connected, and may write what they like.
  ['203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['10.0.0.1', '203.0.113.7', '203.0.113.7'],
  // The first is the client's own claim; what the proxy saw is the last.
  ['10.0.0.1', '127.0.0.1, 203.0.113.7', '203.0.113.7'],
  // Two proxies, one behind the other.
  ['10.0.0.1', '198.51.100.1, 203.0.113.7, 10.9.9.9', '203.0.113.7'],
  ['10.0.0.1', '10.0.0.2, 10.0.0.3', '10.0.0.2'],
  ['::ffff:10.0.0.1', '203.0.113.7', '203.0.113.7'],
  ['2001:db8::5', '2001:db8:ffff::1', '2001:db8:ffff::1'],
  ['2001:db8::5', '[2001:db8:ffff::1]:443', '2001:db8:ffff::1'],
  ['10.0.0.1', '203.0.113.7:5678', '203.0.113.7'],
  ['10.0.0.1', undefined, '10.0.0.1'],
  ['10.0.0.1', '', '10.0.0.1'],
  ['10.0.0.1', '203.0.113.7, unknown', '10.0.0.1'],
])('connected from %s, with X-Forwarded-For %s: %s', (remote, forwarded, expected) => {
  expect(clientAddress(['10.0.0.0/8', '2001:db8::5'])(request(remote, forwarded))).toBe(expected);
});
