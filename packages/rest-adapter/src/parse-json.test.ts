import { expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';
import { ROUTES } from './routes.ts';

const contractOf = (path: string) => {
  const contract = ROUTES.find((route) => route.path === path)?.request;
  if (!contract) throw new Error(`no contract at ${path}`);
  return contract;
};

it.each([
  ['/lookalike', '{"merchant_id":1,"offer_id":1}', 'top_n: is required'],
  ['/lookalike', '{"merchant_id":1,"offer_id":1,"top_n":1001}', 'top_n: must be at most 1000'],
  ['/lookalike', '{"merchant_id":0,"offer_id":1,"top_n":1}', 'merchant_id: must be at least 1'],
  ['/lookalike', '{"merchant_id":1,"offer_id":"7","top_n":1}', 'offer_id: must be a number, not a text'],
  ['/lookalike', '{"merchant_id":1,"offer_id":1,"top_n":1.5}', 'top_n: must be a whole number, not 1.5'],
  ['/lookalike', '[]', 'body: must be an object, not an array'],
  ['/lookalike/batch', '{"requests":[]}', 'requests: must hold at least 1 entries'],
  ['/lookalike/batch', '{"requests":[null]}', 'requests[0]: must be an object, not null'],
  ['/data/commit', '{"version":""}', 'version: must not be empty'],
  ['/data/commit', `{"version":"${'v'.repeat(201)}"}`, 'version: must have at most 200 characters'],
])('%s %s is refused with the field and what it must be', (path, body, message) => {
  expect(() => parseJson(new Uint8Array(Buffer.from(body)), contractOf(path))).toThrow(message);
});
