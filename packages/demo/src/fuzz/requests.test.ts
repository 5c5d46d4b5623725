import { expect, it } from 'vitest';
import { fuzzRequest } from './requests.ts';
import { offence } from './run.ts';

const offers = [{ id: 5, merchantId: 7 }];

it('gives the same request for the same seed and number, and many kinds of them', () => {
  const requests = Array.from({ length: 500 }, (_, i) => fuzzRequest(1, i, offers));
  expect(requests).toEqual(Array.from({ length: 500 }, (_, i) => fuzzRequest(1, i, offers)));
  expect(new Set(requests.map((request) => request.path)).size).toBeGreaterThan(10);
  expect(new Set(requests.map((request) => request.body)).size).toBeGreaterThan(200);
});

it('takes offence at a 500, at a page and at an error without a code', () => {
  const request = { method: 'GET', path: '/status', body: undefined, headers: {} };
  const reply = (status: number, text: string, json: unknown) => ({ status, text, json, ms: 1 });
  expect(offence(request, reply(500, '{}', {}))).not.toBeNull();
  expect(offence(request, reply(404, '<html>', undefined))).not.toBeNull();
  expect(offence(request, reply(400, '{"error":{}}', { error: {} }))).not.toBeNull();
  expect(offence(request, reply(400, '', { error: { code: 'X', message: 'y' } }))).toBeNull();
  expect(offence(request, reply(503, '{"error":{"code":"INTERNAL"}}', {}))).not.toBeNull();
  expect(offence(request, reply(503, '', { error: { code: 'X', message: 'y' } }))).toBeNull();
});
