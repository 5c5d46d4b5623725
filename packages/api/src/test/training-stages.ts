/** Stages that are as small as stages can be, and leave what the look-alike pipeline's records want to see. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage } from '../pipelines/stage.ts';

const drift: Stage = {
  name: 'drift',
  codeVersion: 1,
  inputs: ['manifest.json'],
  weight: 1,
  async run(context) {
    await context.outputJson('drift.json', { features: [], verdict: 'none' });
    return { summary: { drift_detected: false, drift_score: 0.25 } };
  },
};

const train: Stage = {
  name: 'train',
  codeVersion: 1,
  inputs: ['manifest.json'],
  params: ['rate'],
  weight: 1,
  async run(context) {
    const rate = Number(context.params.rate);
    for (const name of ['model.bin', 'world.bin']) {
      await writeFile(join(context.scratch, name), `${name} at ${rate}`);
      await context.output(name, join(context.scratch, name));
    }
    for (let step = 0; step < 3; step++) context.metric('loss', rate / (step + 1), step);
    context.metric('broken', Number.POSITIVE_INFINITY);
    context.metric('map_at_100', 0.5);
    return { summary: { metrics: { map_at_100: 0.5, rows: 7 }, features: 3, params: { rate, loss: 'log' } } };
  },
};

const publish: Stage = {
  name: 'publish',
  codeVersion: 1,
  inputs: ['model.bin'],
  params: ['published'],
  weight: 1,
  async run(context) {
    return { summary: { published: context.params.published === true, reason: 'it was asked for' } };
  },
};

const report: Stage = {
  name: 'report',
  codeVersion: 1,
  inputs: ['model.bin'],
  always: true,
  weight: 1,
  async run(context) {
    await context.outputJson('report.json', { outcome: 'reported' });
    context.metric('reported', 1);
    return { summary: {} };
  },
};

export const STAGES = { lookalike: [drift, train, publish, report] };
