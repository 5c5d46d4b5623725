/** The clustering pipeline: its stages, and what a job of it starts from. */
import type { z } from 'zod';
import { CLUSTERING } from '../datasets/dataset.entity.ts';
import { definePipeline, type Pipeline } from '../pipelines/pipeline.ts';
import type { Json } from '../pipelines/stage.ts';
import { tableArtifact } from '../uploads/stored-tables.ts';
import { clusteringParams } from './clustering-params.ts';
import { earlierReduction } from './earlier-reduction.ts';
import { clusteringStages } from './stages/stages.ts';

export const clusteringPipeline: Pipeline = definePipeline({
  name: CLUSTERING,
  stages: clusteringStages,
  params: clusteringParams as unknown as z.ZodType<Record<string, Json>>,
  sources: async (em, job) => ({
    artifacts: [
      await tableArtifact(em, job.datasetVersion?.id ?? ''),
      ...(await earlierReduction(em, clusteringParams.parse(job.params))),
    ],
  }),
});
