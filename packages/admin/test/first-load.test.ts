import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildConsole } from '../scripts/build.ts';

const DIST = new URL('../dist/', import.meta.url);
/** Of what comes first, at `/`. */
const FIRST_BYTES = 400 * 1024;
/** Of a page that is opened by its address: tables and forms of react-admin come with lists. */
const PAGE_BYTES = 430 * 1024;
const FIRST = 'src/overview/overview.tsx';

interface Chunk {
  readonly file: string;
  readonly src?: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
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

  it('is under 400 KB, that of any other page under 430 KB, one language and no chart in it', () => {
    // What `pages.ts` loads when a page is opened.
    const views = (manifest['index.html']?.dynamicImports ?? []).filter((key) => key.endsWith('.tsx'));
    expect(views).toContain(FIRST);
    const charts = files('src/charts/chart.tsx');
    for (const view of views) {
      const needed = files('index.html');
      files('src/i18n/en.ts', needed);
      files(view, needed);
      const bytes = size(needed) + gzipSync(readFileSync(new URL('index.html', DIST))).length;
      console.log(`first load of ${view}: ${(bytes / 1024).toFixed(1)} KB gzip`);
      expect(bytes, view).toBeLessThan(view === FIRST ? FIRST_BYTES : PAGE_BYTES);
      expect([...needed].filter((file) => /chart-/.test(file) && charts.has(file))).toEqual([]);
    }
  });
});
