import { z } from 'zod';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { MANIFEST, manifestArtifact } from '../datasets/manifest.ts';
import type { Em } from '../db/orm.ts';
import type { Job } from '../jobs/job.entity.ts';
import { definePipeline, type Sources } from '../pipelines/pipeline.ts';
import { STAGES } from './toy-stages.ts';

export const TOY_STAGES_MODULE = new URL('./toy-stages.ts', import.meta.url).href;

async function sources(em: Em, job: Job): Promise<Sources> {
  const version = job.datasetVersion && (await em.findOneOrFail(DatasetVersion, job.datasetVersion.id));
  const manifest = version && manifestArtifact(version);
  if (!manifest) return { artifacts: [] };
  return { artifacts: [manifest], bundles: [{ prefix: 'batch.', manifest: { ...manifest, name: MANIFEST } }] };
}

/** A pipeline with a stage that runs ahead of its turn. */
export const besidePipeline = definePipeline({
  name: 'beside',
  stages: STAGES.beside,
  params: z.strictObject({}),
  sources,
});

/** The toy stages as a pipeline; what they have done is written into the version's row counts, in their transactions. */
export const toyPipeline = definePipeline({
  name: 'toy',
  stages: STAGES.toy,
  params: z.strictObject({
    factor: z.number().default(2),
    behave: z.enum(['well', 'fail', 'refuse', 'crash-once', 'outage']).default('well'),
    waitMs: z.number().default(0),
  }),
  stageTimeoutSeconds: 20,
  sources,
  record: {
    async double(tx, { job, result }) {
      const version = await tx.findOneOrFail(DatasetVersion, job.datasetVersion?.id ?? '');
      version.rowCounts = {
        ...version.rowCounts,
        effects: (version.rowCounts.effects ?? 0) + 1,
        value: Number(result.summary.value),
      };
    },
  },
  async end(tx, { job, status }) {
    if (status !== 'completed' || !job.datasetVersion) return;
    const version = await tx.findOneOrFail(DatasetVersion, job.datasetVersion.id);
    version.status = 'processed';
    version.processedAt = new Date();
  },
  outcome: (summary) => (summary('double') ? 'doubled' : 'negative'),
});
