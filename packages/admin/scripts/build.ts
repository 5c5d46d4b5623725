import { createHash } from 'node:crypto';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { compressFolder } from './compress.ts';

const FOLDER = join(import.meta.dirname, '..');
const DIST = join(FOLDER, 'dist');
/** What the build in `dist` was made of. */
const MARK = join(DIST, 'sources.txt');

/** One hash of all that the build depends on: sources, settings and the versions of packages. */
export function sourcesHash(): string {
  const own = globSync(['src/**/*', 'scripts/*.ts', 'index.html', 'vite.config.ts', 'package.json'], {
    cwd: FOLDER,
    withFileTypes: true,
    exclude: ['**/*.test.ts'],
  });
  const files = own.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const hash = createHash('sha256');
  for (const file of [...files.sort(), join(FOLDER, '../../pnpm-lock.yaml')]) {
    const content = readFileSync(file);
    hash.update(`${file.slice(FOLDER.length)}:${content.length}:`).update(content);
  }
  return hash.digest('hex');
}

function builtFrom(): string | undefined {
  try {
    return readFileSync(MARK, 'utf8');
  } catch {
    return undefined;
  }
}

/** What is built is for production, whatever this process is: under a test runner React would be built for development. */
async function buildForProduction(): Promise<void> {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    await build({ configFile: join(FOLDER, 'vite.config.ts'), mode: 'production', logLevel: 'warn' });
  } finally {
    process.env.NODE_ENV = NODE_ENV;
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  }
}

/** Builds the console unless `dist` is made of these very sources. */
export async function buildConsole(): Promise<'built' | 'as it was'> {
  const hash = sourcesHash();
  if (builtFrom() === hash) return 'as it was';
  // Without the mark a build that is broken off is made again.
  rmSync(MARK, { force: true });
  await buildForProduction();
  await compressFolder(DIST);
  writeFileSync(MARK, hash);
  return 'built';
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const begun = performance.now();
    const what = await buildConsole();
    if (what === 'built') console.log(`The console is built (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  } catch (error) {
    // The service does without: it says at `/` what is missing.
    console.error('The console could not be built; the service starts without it.', error);
  }
}
