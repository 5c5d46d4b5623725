import { expect, it } from 'vitest';
import { matching, type Setting } from './setting-search.ts';

const setting = (name: string, value: string | null, meaning: string): Setting => ({
  name,
  value,
  meaning,
  isSet: value !== null,
  secret: false,
  source: 'default',
});

const SETTINGS = [
  setting('KINDRED_PORT', '8080', 'Where it listens'),
  setting('KINDRED_REDIS_URL', null, 'A bus between processes'),
];

it.each([
  ['', ['KINDRED_PORT', 'KINDRED_REDIS_URL']],
  ['redis', ['KINDRED_REDIS_URL']],
  ['KINDRED listens', ['KINDRED_PORT']],
  ['8080', ['KINDRED_PORT']],
  ['nothing of the kind', []],
])('%j finds %j', (text, names) => {
  expect(matching(SETTINGS, text).map(({ name }) => name)).toEqual(names);
});
