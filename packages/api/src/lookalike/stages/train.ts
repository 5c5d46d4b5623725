import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage } from '../../pipelines/stage.ts';
import { FEATURE_NAMES } from '../engine/features.ts';
import { mean } from '../engine/judge.ts';
import { modelBytes } from '../engine/lookalike-model.ts';
import { rankerSettings } from '../engine/ranker-settings.ts';
import { sharedBytes } from '../engine/shared-bytes.ts';
import { type TrainingHooks, trainRanker, trainRankerBeside } from '../engine/train-ranker.ts';
import { unpackWorld } from '../engine/world.ts';

export const trainStage: Stage = {
  name: 'train',
  codeVersion: 7,
  inputs: ['world.bin'],
  params: ['trees', 'leaves', 'learningRate', 'factors', 'queriesPerCut'],
  weight: 60,
  async run(context) {
    const bytes = sharedBytes(await readFile(await context.path('world.bin')));
    const settings = rankerSettings(context.params, context.seed);
    const hooks: TrainingHooks = {
      progress: (done, message) => context.progress(done, message),
      metric: (key, value, step) => context.metric(key, value, step),
    };
    const { model, plan, judged, rows } =
      context.threads > 1
        ? await trainRankerBeside(bytes, settings, hooks)
        : trainRanker(unpackWorld(bytes), settings, hooks);
    const file = join(context.scratch, 'model.bin');
    await writeFile(file, modelBytes(model));
    await context.output('model.bin', file);
    await context.outputJson('judged.json', {
      queries: plan.holdout.flatMap(({ day, queries }) => queries.map((query) => ({ ...query, day }))),
      averagePrecision: [...judged.averagePrecision],
    });
    const metrics = {
      map_at_100: mean(judged.averagePrecision),
      precision_at_100: mean(judged.precision),
      ndcg_at_100: mean(judged.ndcg),
      map_at_100_activity: mean(judged.activityAveragePrecision),
      holdout_queries: judged.queries.length,
      train_queries: [...plan.training, ...plan.recent].reduce((sum, cut) => sum + cut.queries.length, 0),
      train_rows: rows,
    };
    for (const [key, value] of Object.entries(metrics)) context.metric(key, value);
    return {
      summary: {
        metrics,
        features: FEATURE_NAMES.length,
        window_days: plan.windowDays,
        holdout_from: plan.holdoutDay,
        params: {
          model_type: 'boosted-trees+first-purchase',
          trees: settings.boosting.trees,
          leaves: settings.boosting.leaves,
          learning_rate: settings.boosting.learningRate,
          factors: settings.taste.factors,
          seed: context.seed,
        },
      },
    };
  },
};
