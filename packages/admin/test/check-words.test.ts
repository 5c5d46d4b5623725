import { expect, it } from 'vitest';
import readiness from '../../api/src/health/readiness.ts?raw';
import { keyOf } from '../src/overview/check-words.ts';
import { overviewEn } from '../src/overview/overview.en.ts';
import { overviewRu } from '../src/overview/overview.ru.ts';

it('has words in both languages for all that the service says of its checks', () => {
  const names = [...readiness.matchAll(/#attempt\('(\w+)', '([^']+)'/g)];
  const others = [...readiness.matchAll(/(?:return|message:) '([^']+)'|\? '([^']+)' : '([^']+)'/g)];
  const said = [
    ...names.map(([, , failure]) => failure),
    ...others.flatMap((found) => found.slice(1)),
    '3 are not done',
  ].filter((message) => message !== undefined);
  expect(said.length).toBeGreaterThan(12);
  for (const { check, said: sentences } of [overviewEn.overview.health, overviewRu.overview.health]) {
    expect(Object.keys(check)).toEqual(expect.arrayContaining([...names.map(([, name]) => name), 'events']));
    expect(said.filter((message) => !Object.hasOwn(sentences, keyOf(message)))).toEqual([]);
  }
});
