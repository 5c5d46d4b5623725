import { z } from 'zod';
import { RestError } from '../error-map.ts';
import { plainRoute } from '../route.ts';

interface ServedModel {
  readonly model: string;
  readonly version: string;
  readonly featuresCount: number;
  readonly artifactHash: string;
  readonly createdAt: Date;
  readonly trainedOn: { readonly name: string; readonly manifestHash: string | null };
  readonly run: { readonly runId: string };
  readonly trainMetrics: readonly { readonly key: string; readonly value: number }[];
}

export const modelInfo = plainRoute({
  id: 'modelInfo',
  method: 'get',
  path: '/model/info',
  tag: 'look-alike',
  summary: 'The model that serves, and what it was made from',
  response: z
    .object({
      model_name: z.string(),
      model_version: z.string(),
      trained_on: z.string(),
      features_count: z.int(),
      train_metrics: z.record(z.string(), z.number()),
      trained_at: z.iso.datetime(),
      lineage: z.object({
        run_id: z.string(),
        data_manifest_sha256: z.string().nullable(),
        model_sha256: z.string(),
      }),
    })
    .meta({ id: 'ModelInfo' }),
  errors: { 503: 'no model serves yet' },
  document: `query ModelInfo { servedModel {
    model version featuresCount artifactHash createdAt trainedOn { name manifestHash } run { runId } trainMetrics { key value }
  } }`,
  async handle(run) {
    const model = (await run()) as ServedModel | null;
    if (!model) throw new RestError('NOT_READY', 'No model serves yet: commit a first version of the data.');
    return {
      value: {
        model_name: model.model,
        model_version: model.version,
        trained_on: model.trainedOn.name,
        features_count: model.featuresCount,
        train_metrics: Object.fromEntries(model.trainMetrics.map(({ key, value }) => [key, value])),
        trained_at: model.createdAt,
        lineage: {
          run_id: model.run.runId,
          data_manifest_sha256: model.trainedOn.manifestHash,
          model_sha256: model.artifactHash,
        },
      },
    };
  },
});
