import { expect, it } from 'vitest';
import en from '../src/i18n/en.ts';
import ru from '../src/i18n/ru.ts';

const sources = import.meta.glob<string>('../src/**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });

/** Keys that stand in a source as they are; those that are put together from parts are not found here. */
const LITERAL = /translate\(\s*'([a-z_]+(?:\.\w+)+)'/g;

function has(messages: object, key: string): boolean {
  let at: unknown = messages;
  for (const part of key.split('.'))
    at = typeof at === 'object' && at ? (at as Record<string, unknown>)[part] : undefined;
  return typeof at === 'string';
}

const used = Object.entries(sources).flatMap(([file, text]) =>
  [...text.matchAll(LITERAL)].map(([, key = '']) => ({ file, key })),
);

it('has a text in both languages for every key that a source names', () => {
  expect(used.length).toBeGreaterThan(50);
  for (const messages of [en, ru]) {
    expect(used.filter(({ key }) => !has(messages, key)).map(({ file, key }) => `${file}: ${key}`)).toEqual([]);
  }
});

it('keeps the placeholders of a text in both languages', () => {
  const differing: string[] = [];
  const walk = (a: unknown, b: unknown, path: string) => {
    if (typeof a === 'string' && typeof b === 'string') {
      const marks = (text: string) => [...new Set(text.match(/%\{\w+\}/g) ?? [])].sort().join();
      if (marks(a) !== marks(b)) differing.push(path);
    } else if (typeof a === 'object' && a && typeof b === 'object' && b) {
      for (const key of Object.keys(a)) {
        // react-admin's own texts are its translators' business.
        if (path !== '' || key !== 'ra') {
          walk((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], `${path}.${key}`);
        }
      }
    }
  };
  walk(en, ru, '');
  expect(differing).toEqual([]);
});
