import { expect, it } from 'vitest';
import { AnswerCache } from './answer-cache.ts';

it('forgets everything when other data or another model serves, and takes no late answer of the old', () => {
  const cache = new AnswerCache();
  cache.put(1, 'a', Buffer.from('one'));
  expect(cache.get(1, 'a')?.toString()).toBe('one');
  expect(cache.get(2, 'a')).toBeUndefined();
  cache.put(2, 'b', Buffer.from('two'));
  cache.put(1, 'c', Buffer.from('late'));
  expect([cache.get(1, 'a'), cache.get(2, 'a'), cache.get(2, 'c')]).toEqual([undefined, undefined, undefined]);
  expect(cache.get(2, 'b')?.toString()).toBe('two');
});

it('keeps what is asked for most recently within its bytes', () => {
  const cache = new AnswerCache(80);
  for (let i = 0; i < 8; i++) cache.put(1, `r${i}`, Buffer.alloc(10));
  cache.get(1, 'r0');
  cache.put(1, 'r8', Buffer.alloc(10));
  expect(cache.get(1, 'r0')).toBeDefined();
  expect(cache.get(1, 'r1')).toBeUndefined();
  cache.put(1, 'large', Buffer.alloc(11));
  expect(cache.get(1, 'large')).toBeUndefined();
});
