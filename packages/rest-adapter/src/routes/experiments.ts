import { z } from 'zod';
import { plainRoute } from '../route.ts';

interface Pair<T> {
  readonly key: string;
  readonly value: T;
}

interface Runs {
  readonly nodes: readonly {
    readonly runId: string;
    readonly datasetVersion: { readonly name: string };
    readonly modelVersion: string | null;
    readonly metrics: readonly Pair<number>[];
    readonly params: readonly Pair<string>[];
    readonly dvcRevision: { readonly dvcHash: string; readonly commit: string } | null;
    readonly startedAt: Date;
    readonly endedAt: Date | null;
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export const experiments = plainRoute({
  id: 'experiments',
  method: 'get',
  path: '/experiments',
  tag: 'monitoring',
  summary: 'Every training, in time order',
  response: z
    .object({
      experiments: z.array(
        z.object({
          run_id: z.string().meta({ description: "MLflow's, where a tracking server is set and was told of the run." }),
          data_version: z.string(),
          model_version: z.string().meta({ description: '`none` where the champion stayed.' }),
          metrics: z.record(z.string(), z.number()),
          params: z.record(z.string(), z.string()),
          dvc_hash: z.string().optional().meta({
            description: "md5 of the data's manifest in dvc.lock, once the version is a DVC revision.",
          }),
          dvc_revision: z.string().optional().meta({ description: 'Commit of that revision.' }),
          timestamp: z.iso.datetime(),
        }),
      ),
    })
    .meta({ id: 'Experiments' }),
  errors: {},
  document: `query Experiments($after: String) { experimentRuns(first: 100, after: $after, order: OLDEST_FIRST) {
    nodes { runId datasetVersion { name } modelVersion metrics { key value } params { key value } dvcRevision { dvcHash commit } startedAt endedAt }
    pageInfo { hasNextPage endCursor }
  } }`,
  async handle(run) {
    const found: Runs['nodes'][number][] = [];
    let after: string | null = null;
    do {
      const page: Runs = (await run({ after })) as Runs;
      found.push(...page.nodes);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    return {
      value: {
        experiments: found.map((experiment) => ({
          run_id: experiment.runId,
          data_version: experiment.datasetVersion.name,
          model_version: experiment.modelVersion ?? 'none',
          metrics: asRecord(experiment.metrics),
          params: asRecord(experiment.params),
          ...(experiment.dvcRevision && {
            dvc_hash: experiment.dvcRevision.dvcHash,
            dvc_revision: experiment.dvcRevision.commit,
          }),
          timestamp: experiment.endedAt ?? experiment.startedAt,
        })),
      },
    };
  },
});

function asRecord<T>(pairs: readonly Pair<T>[]): Record<string, T> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
}
