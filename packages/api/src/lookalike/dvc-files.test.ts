/** `dvc.yaml` and `params.yaml` are written by hand: these hold them to the stages and parameters that the code has. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { lookalikeParams } from './engine/ranker-settings.ts';
import { lookalikeStages } from './stages/stages.ts';
import { TABLE_NAMES } from './tables.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const RUN = '$' + '{run}/';

const entry = z
  .union([z.string(), z.record(z.string(), z.json())])
  .transform((value) => (typeof value === 'string' ? value : Object.keys(value)[0]));
const stageSchema = z.object({
  cmd: z.union([z.string(), z.array(z.string())]).transform((cmd) => [cmd].flat().join('\n')),
  deps: z.array(z.string()),
  params: z.array(z.string()).default([]),
  outs: z.array(entry),
  metrics: z.array(entry).default([]),
});
const { stages } = z
  .object({ stages: z.record(z.string(), stageSchema) })
  .parse(parse(readFileSync(join(ROOT, 'dvc.yaml'), 'utf8')));
const params = z
  .object({ seed: z.int(), demo: z.record(z.string(), z.json()), lookalike: z.record(z.string(), z.json()) })
  .parse(parse(readFileSync(join(ROOT, 'params.yaml'), 'utf8')));

/** Artifacts that a job starts from and the demo run has none of: there was no version and no model before. */
const ONLY_LATER = new Set(['baseline.json', 'reference.json', 'champion.bin']);

/** Names of the run's folder that an input of a stage stands for. */
function filesOf(input: string): string[] {
  if (input === 'batch.*') return ['batches'];
  if (input === 'table.*') return TABLE_NAMES.map((table) => `table.${table}.parquet`);
  const name = input.replace(/\?$/, '');
  return ONLY_LATER.has(name) ? [] : [name];
}

describe('dvc.yaml', () => {
  test('has the demo world and then our stages, in their order', () => {
    expect(Object.keys(stages)).toEqual(['demo', ...lookalikeStages.map(({ name }) => name)]);
  });

  test.each(lookalikeStages.map((stage) => [stage.name, stage] as const))(
    '%s: inputs, parameters, summary',
    (name, stage) => {
      const { cmd, deps, outs, params: tracked } = stages[name];
      expect(cmd).toContain(`stage -- ${name} `);
      expect(deps).toEqual(expect.arrayContaining(stage.inputs.flatMap(filesOf).map((file) => RUN + file)));
      expect(deps).toContain(`packages/api/src/lookalike/stages/${name}.ts`);
      expect(tracked.filter((param) => param !== 'seed').sort()).toEqual(
        [...(stage.params ?? [])].map((param) => `lookalike.${param}`).sort(),
      );
      expect(outs).toContain(`${RUN}summary.${name}`);
    },
  );

  test('depends on nothing that is neither a file here nor made by a stage before', () => {
    const made = new Set<string | undefined>();
    for (const [name, { deps, outs, metrics }] of Object.entries(stages)) {
      for (const dep of deps) expect(made.has(dep) || existsSync(join(ROOT, dep)), `${name}: ${dep}`).toBe(true);
      for (const out of [...outs, ...metrics]) made.add(out);
    }
  });
});

describe('params.yaml', () => {
  test("holds the service's parameters, at their defaults", () => {
    expect(params.lookalike).toEqual(lookalikeParams.parse({}));
  });

  test('has every parameter that dvc.yaml tracks', () => {
    for (const path of Object.values(stages).flatMap((stage) => stage.params)) {
      const value = path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], params);
      expect(value, path).toBeDefined();
    }
  });
});
