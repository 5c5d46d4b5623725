import { describe, expect, it } from 'vitest';
import type { ArtifactRef, Stage } from './stage.ts';
import { selectInputs, stageKey } from './stage-inputs.ts';

const artifact = (name: string, hash = name): ArtifactRef => ({ name, hash, key: `sha256/${hash}`, bytes: 1 });
const stage = (inputs: string[], more: Partial<Stage> = {}): Stage => ({
  name: 'train',
  codeVersion: 1,
  inputs,
  weight: 1,
  run: async () => ({ summary: {} }),
  ...more,
});
const available = (...artifacts: ArtifactRef[]) => ({
  artifacts: new Map(artifacts.map((entry) => [entry.name, entry])),
  bundles: [{ prefix: 'batch.', manifest: artifact('manifest.json') }],
  summaries: new Map([['summary.drift', { score: 0.2 }]]),
});

describe('inputs of a stage', () => {
  it('are what it names, nothing else', () => {
    const all = available(
      artifact('world.bin'),
      artifact('table.offer.parquet'),
      artifact('table.people.parquet'),
      artifact('other'),
    );
    const inputs = selectInputs(stage(['world.bin', 'table.*', 'champion.bin?', 'summary.drift', 'batch.*']), all);
    expect(inputs.artifacts.map((input) => input.name)).toEqual([
      'world.bin',
      'table.offer.parquet',
      'table.people.parquet',
    ]);
    expect(inputs.bundles).toHaveLength(1);
    expect(inputs.summaries).toEqual({ 'summary.drift': { score: 0.2 } });
  });

  it('are refused by name when one that is needed is not there', () => {
    expect(() => selectInputs(stage(['model.bin']), available())).toThrow(
      expect.objectContaining({ code: 'ARTIFACT_MISSING' }),
    );
  });
});

describe('the key of a stage', () => {
  const key = (input: ArtifactRef[], params = {}, seed = 1, more: Partial<Stage> = {}) => {
    const one = stage(['*'], { params: ['trees'], ...more });
    return stageKey(one, selectInputs(one, available(...input)), params, seed);
  };
  const base = key([artifact('a'), artifact('b')], { trees: 10, unrelated: 1 });

  it('does not depend on the order of inputs, where they lie, or parameters that the stage does not read', () => {
    expect(key([artifact('b'), { ...artifact('a'), key: 'elsewhere' }], { unrelated: 2, trees: 10 })).toBe(base);
  });

  it.each([
    ['an input', key([artifact('a', 'changed'), artifact('b')], { trees: 10 })],
    ['a name', key([artifact('c', 'a'), artifact('b')], { trees: 10 })],
    ['a parameter', key([artifact('a'), artifact('b')], { trees: 11 })],
    ['the seed', key([artifact('a'), artifact('b')], { trees: 10 }, 2)],
    ['the code version', key([artifact('a'), artifact('b')], { trees: 10 }, 1, { codeVersion: 2 })],
  ])('changes with %s', (_what, changed) => {
    expect(changed).not.toBe(base);
  });
});
