import { readFileSync } from 'node:fs';
import { z } from 'zod';

const described = z.object({ version: z.string() });
let known: string | undefined;

/** The version of the project, as its package.json says. */
export function packageVersion(): string {
  known ??= described.parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))).version;
  return known;
}
