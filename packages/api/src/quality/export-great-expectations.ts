/** What validation left, laid out for Great Expectations: a file for each suite and each result, and what builds Data Docs. */
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Where the plugin and the scripts for its users are kept. */
export const PLUGIN_FOLDER = new URL('../../great-expectations/', import.meta.url);
const COPIED = ['kindred_expectations.py', 'build_data_docs.py', 'validate_tables.py', 'README.md'];

const suites = z.array(z.looseObject({ name: z.string() }));
const validation = z.object({ validation_results: z.array(z.looseObject({ suite_name: z.string() })) });

async function writeAll(folder: string, files: ReadonlyMap<string, unknown>): Promise<void> {
  // What an earlier version had and this one has not would look like a part of this one.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, value] of files)
    await writeFile(join(folder, `${name}.json`), `${JSON.stringify(value, null, 1)}\n`);
}

/** @param run folder with `suites.json` and `validation.json` of a version */
export async function exportGreatExpectations(run: string, target: string): Promise<void> {
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(run, name), 'utf8'));
  const built = suites.parse(await read('suites.json'));
  const { validation_results: results } = validation.parse(await read('validation.json'));
  await writeAll(join(target, 'suites'), new Map(built.map((suite) => [suite.name, suite])));
  await writeAll(join(target, 'validations'), new Map(results.map((result) => [result.suite_name, result])));
  for (const name of COPIED) await copyFile(new URL(name, PLUGIN_FOLDER), join(target, name));
}
