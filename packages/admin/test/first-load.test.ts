import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildConsole } from '../scripts/build.ts';
import { RESOURCES } from '../src/data/resources.ts';
import { PAGE_TEXTS, type PageTexts } from '../src/i18n/page-texts.ts';
import { type LoadView, PAGES, type Page } from '../src/pages.ts';

const DIST = new URL('../dist/', import.meta.url);
/** Of what comes at `/`, and of any other page that is opened by its address. */
const MOST_BYTES = 400 * 1024;
const FIRST = 'src/overview/overview.tsx';

interface Chunk {
  readonly file: string;
  readonly src?: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
}

const loads = (load: LoadView | undefined, view: string) => load?.toString().includes(view.slice(4)) ?? false;

function textsOf(page: Page | undefined, view: string): readonly PageTexts[] {
  if (!page) return [];
  return loads(page.list, view) ? (page.texts ?? []) : [...(page.texts ?? []), ...(page.moreTexts ?? [])];
}

describe('the first load', () => {
  let manifest: Readonly<Record<string, Chunk>>;
  beforeAll(async () => {
    await buildConsole();
    manifest = JSON.parse(readFileSync(new URL('manifest.json', DIST), 'utf8'));
  }, 240_000);

  /** A chunk with all that the browser needs before it runs. */
  function files(key: string, seen = new Set<string>()): Set<string> {
    const chunk = manifest[key];
    if (!chunk || seen.has(chunk.file)) return seen;
    seen.add(chunk.file);
    for (const style of chunk.css ?? []) seen.add(style);
    for (const imported of chunk.imports ?? []) files(imported, seen);
    return seen;
  }

  const size = (names: Iterable<string>) =>
    [...names].reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, DIST)), { level: 9 }).length, 0);

  /** What `app.tsx` loads beside this view: texts of its page, and how its records are asked for. */
  function besides(view: string, locale: 'en' | 'ru'): string[] {
    const page = PAGES.find(({ list, show, views }) =>
      [list, show, ...Object.values(views ?? {})].some((load) => loads(load, view)),
    );
    const imports = [RESOURCES[page?.name ?? ''], ...textsOf(page, view).map((name) => PAGE_TEXTS[name][locale])].map(
      (load) => /src\/[\w/.-]+\.ts/.exec(load?.toString() ?? '')?.[0] ?? [],
    );
    return [`src/i18n/${locale}.ts`, ...imports.flat()];
  }

  it('is under 400 KB for every page in both languages, and no chart is in it', () => {
    // What `pages.ts` loads when a page is opened.
    const views = (manifest['index.html']?.dynamicImports ?? []).filter((key) => key.endsWith('.tsx'));
    expect(views).toContain(FIRST);
    const charts = files('src/charts/chart.tsx');
    for (const view of views) {
      for (const locale of ['en', 'ru'] as const) {
        const needed = files('index.html');
        files(view, needed);
        for (const beside of besides(view, locale)) {
          expect(manifest).toHaveProperty([beside]);
          files(beside, needed);
        }
        const bytes = size(needed) + gzipSync(readFileSync(new URL('index.html', DIST))).length;
        console.log(`first load of ${view} (${locale}): ${(bytes / 1024).toFixed(1)} KB gzip`);
        expect.soft(bytes, `${view} ${locale}`).toBeLessThan(MOST_BYTES);
        expect([...needed].filter((file) => /chart-/.test(file) && charts.has(file))).toEqual([]);
      }
    }
  });
});
