import { posix } from 'node:path';
import { mergeTranslations, type TranslationMessages } from 'react-admin';
import { expect, it } from 'vitest';
import en from '../src/i18n/en.ts';
import { PAGE_TEXTS } from '../src/i18n/page-texts.ts';
import ru from '../src/i18n/ru.ts';
import { PAGES } from '../src/pages.ts';

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

/** All English texts and all Russian ones: those that come first and those of pages. */
async function everything(): Promise<[TranslationMessages, TranslationMessages]> {
  const pages = Object.values(PAGE_TEXTS);
  return [
    mergeTranslations(en, ...(await Promise.all(pages.map((page) => page.en())))) as TranslationMessages,
    mergeTranslations(ru, ...(await Promise.all(pages.map((page) => page.ru())))) as TranslationMessages,
  ];
}

it('has a text in both languages for every key that a source names', async () => {
  expect(used.length).toBeGreaterThan(50);
  for (const messages of await everything()) {
    expect(used.filter(({ key }) => !has(messages, key)).map(({ file, key }) => `${file}: ${key}`)).toEqual([]);
  }
});

it('keeps the placeholders of a text in both languages', async () => {
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
  walk(...(await everything()), '');
  expect(differing).toEqual([]);
});

/** A source with all that it brings along from the start: what is imported later has its own page. */
function closure(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || sources[file] === undefined) return seen;
  seen.add(file);
  for (const [, path = ''] of sources[file].matchAll(/from '(\.[^']+)'/g)) {
    closure(posix.join(posix.dirname(file), path), seen);
  }
  return seen;
}

it('has for every page the texts of all capabilities that its sources name', () => {
  const missing: string[] = [];
  const check = (file: string, texts: readonly string[]) => {
    for (const source of closure(file)) {
      if (/\.(en|ru)\.ts$|-texts\.ts$|pages\.ts$/.test(source)) continue;
      for (const [, name = ''] of (sources[source] ?? '').matchAll(/['"`](?:resources\.)?(\w+)\.[a-z$]/g)) {
        const needed = Object.hasOwn(PAGE_TEXTS, name) && !texts.includes(name);
        if (needed && !new RegExp(`resources\\.${name}\\.name`).test(sources[source] ?? '')) {
          missing.push(`${file}: ${name} (${source})`);
        }
      }
    }
  };
  for (const { texts = [], list, show, views = {} } of PAGES)
    for (const load of [list, show, ...Object.values(views)])
      if (load)
        check(`../src/${/\/src\/([^'"]+)|'\.\/([^'"]+)'/.exec(load.toString())?.slice(1).find(Boolean)}`, texts);
  check('../src/overview/overview.tsx', []);
  check('../src/layout/layout.tsx', []);
  expect([...new Set(missing)]).toEqual([]);
});
