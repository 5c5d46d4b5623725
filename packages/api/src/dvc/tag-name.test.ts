import { expect, it } from 'vitest';
import { tagOf, versionOf } from './tag-name.ts';

const NAMES = [
  'v1',
  '2025-08',
  'вторая',
  'a b~1',
  '.hidden',
  'x..y',
  'x.lock',
  'dot.',
  '@{1}',
  '%41',
  'a/b',
  'a+/b',
  'я'.repeat(300),
];

it.each(NAMES)('%s becomes a tag that git takes, and comes back', (name) => {
  const tag = tagOf(name, 2);
  expect(versionOf(tag)).toBe(name);
  expect(tag).not.toMatch(/\.\.|[ ~^:?*[\\]|@\{|\.(lock)?(\/|=|$)|\/\./);
  for (const part of tag.split('/')) expect(part.length).toBeLessThan(200);
});

it('gives each name a tag of its own, none a folder of another', () => {
  const long = 'a'.repeat(180);
  const tags = [...NAMES, long, `${long}b`].map((name) => tagOf(name));
  expect(new Set(tags).size).toBe(tags.length);
  for (const tag of tags) expect(tags.filter((other) => other.startsWith(`${tag}/`))).toEqual([]);
  expect(versionOf('v1.0')).toBeUndefined();
});
