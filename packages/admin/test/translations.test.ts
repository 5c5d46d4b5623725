import { posix } from 'node:path';
import { mergeTranslations, type TranslationMessages } from 'react-admin';
import { expect, it } from 'vitest';
import en from '../src/i18n/en.ts';
import { PAGE_TEXTS, type PageTexts } from '../src/i18n/page-texts.ts';
import ru from '../src/i18n/ru.ts';
import { type LoadView, PAGES } from '../src/pages.ts';

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

/** What these import when it is asked for belongs to others. */
const LISTS = /\/(pages|page-texts|resources|i18n-provider)\.ts$/;

/** A source with all that it brings along, at once or later. */
function closure(file: string, seen = new Set<string>()): Set<string> {
  const text = sources[file];
  if (seen.has(file) || text === undefined) return seen;
  seen.add(file);
  for (const [, at, later] of text.matchAll(/from '(\.[^']+)'|import\('(\.[^']+)'\)/g)) {
    const path = at ?? (LISTS.test(file) ? undefined : later);
    if (path !== undefined) closure(posix.join(posix.dirname(file), path), seen);
  }
  return seen;
}

const NAMED = /['"`]((?:\w+\.)+\w*)/g;

/** What stands at a key: a text, or a branch where the key is the beginning of others. */
function at(messages: object, key: string): unknown {
  let value: unknown = messages;
  for (const part of key.split('.').filter(Boolean))
    value = typeof value === 'object' && value ? (value as Record<string, unknown>)[part] : undefined;
  return value;
}

it('has for every page the texts that its sources name', async () => {
  const [all] = await everything();
  const missing = new Set<string>();
  const check = async (file: string, names: readonly PageTexts[]) => {
    const texts = mergeTranslations(en, ...(await Promise.all(names.map((name) => PAGE_TEXTS[name].en()))));
    for (const source of closure(file)) {
      if (/\.(en|ru)\.ts$|-texts\.ts$|pages\.ts$/.test(source)) continue;
      for (const [, key = ''] of (sources[source] ?? '').matchAll(NAMED))
        if (at(all, key) !== undefined && at(texts, key) === undefined) missing.add(`${file}: ${key} (${source})`);
    }
  };
  const fileOf = (load: LoadView) =>
    `../src/${/\/src\/([^'"]+)|'\.\/([^'"]+)'/.exec(load.toString())?.slice(1).find(Boolean)}`;
  for (const { texts = [], moreTexts = [], list, show, views = {} } of PAGES) {
    await check(fileOf(list), texts);
    for (const load of [show, ...Object.values(views)]) if (load) await check(fileOf(load), [...texts, ...moreTexts]);
  }
  await check('../src/overview/overview.tsx', []);
  await check('../src/layout/layout.tsx', []);
  expect([...missing]).toEqual([]);
});
