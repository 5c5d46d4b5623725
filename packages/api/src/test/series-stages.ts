/** Stages that do as their data say: whether a version is valid, is trained on, is published, or fails in the middle. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage } from '../pipelines/stage.ts';

/** What a version of the series says of itself: its one batch, `batch.plan.1`. */
export interface SeriesPlan {
  readonly valid: boolean;
  readonly train: boolean;
  readonly publish: boolean;
  readonly fail: boolean;
}

const check: Stage = {
  name: 'check',
  codeVersion: 1,
  inputs: ['manifest.json', 'batch.*'],
  weight: 1,
  async run(context) {
    const { valid, train, publish, fail } = (await context.json('batch.plan.1')) as unknown as SeriesPlan;
    return { summary: { valid, train, publish, fail }, stop: !valid, skip: train ? [] : ['train', 'publish'] };
  },
};

const drift: Stage = {
  name: 'drift',
  codeVersion: 1,
  inputs: ['manifest.json'],
  weight: 1,
  async run(context) {
    await context.outputJson('drift.json', { features: [] });
    return { summary: { drift_detected: false, drift_score: 0.5 } };
  },
};

const train: Stage = {
  name: 'train',
  codeVersion: 1,
  inputs: ['manifest.json', 'summary.check'],
  weight: 1,
  async run(context) {
    const plan = (await context.json('summary.check')) as unknown as SeriesPlan;
    if (plan.fail) throw new Error('this training fails');
    const manifest = await context.json('manifest.json');
    for (const name of ['model.bin', 'world.bin']) {
      const file = join(context.scratch, name);
      await writeFile(file, `${name} of ${JSON.stringify(manifest)} and seed ${context.seed}`);
      await context.output(name, file);
    }
    return { summary: { metrics: { map_at_100: context.seed / 100 }, features: 3, params: { seed: context.seed } } };
  },
};

const publish: Stage = {
  name: 'publish',
  codeVersion: 1,
  inputs: ['model.bin', 'summary.check'],
  weight: 1,
  async run(context) {
    const plan = (await context.json('summary.check')) as unknown as SeriesPlan;
    return { summary: { published: plan.publish, reason: 'the data say so' } };
  },
};

export const STAGES = { series: [check, drift, train, publish] };
