import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { PLUGIN_FOLDER } from '../quality/export-great-expectations.ts';

/** A Python that has Great Expectations: by `KINDRED_GREAT_EXPECTATIONS`, or where `npm run test:conformance` installs it. */
export function findGreatExpectations(): string | undefined {
  const named = process.env.KINDRED_GREAT_EXPECTATIONS;
  const python = named ?? join(homedir(), '.cache/kindred/great-expectations/bin/python');
  return existsSync(python) ? python : undefined;
}

const counted = z.object({
  success: z.boolean(),
  expectation_config: z.object({
    type: z.string(),
    kwargs: z.record(z.string(), z.json()),
    meta: z.record(z.string(), z.json()),
    severity: z.string(),
  }),
  result: z.record(z.string(), z.json()),
  exception_info: z.json(),
});
const validated = z.object({
  success: z.boolean(),
  suite_name: z.string(),
  statistics: z.record(z.string(), z.number().nullable()),
  results: z.array(counted),
});
const suite = z.object({
  name: z.string(),
  meta: z.record(z.string(), z.json()),
  expectations: z.array(counted.shape.expectation_config),
});
export type Counted = z.infer<typeof counted>;
const ours = z.object({ validation_results: z.array(validated) });
const theirs = ours.extend({
  version: z.string(),
  suites: z.array(suite),
  seconds: z.object({ reading: z.number(), validating: z.number() }),
});

export async function runScript(python: string, script: string, ...args: string[]): Promise<void> {
  const path = fileURLToPath(new URL(script, PLUGIN_FOLDER));
  // Asking home for news about usage would only wait where there is no network.
  const env = { ...process.env, GX_ANALYTICS_ENABLED: 'false' };
  await promisify(execFile)(python, [path, ...args], { env, maxBuffer: 64 * 2 ** 20 });
}

export interface BothResults {
  readonly ours: z.infer<typeof ours>;
  readonly theirs: z.infer<typeof theirs>;
  readonly suites: z.infer<typeof suite>[];
}

/** Has Great Expectations validate what the folders hold, which our own validation has been through. */
export async function validateWithBoth(python: string, folders: readonly string[]): Promise<BothResults[]> {
  await runScript(python, 'validate_tables.py', ...folders);
  return Promise.all(
    folders.map(async (folder) => {
      const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(folder, name), 'utf8'));
      return {
        ours: ours.parse(await read('validation.json')),
        theirs: theirs.parse(await read('great-expectations.json')),
        suites: z.array(suite).parse(await read('suites.json')),
      };
    }),
  );
}
