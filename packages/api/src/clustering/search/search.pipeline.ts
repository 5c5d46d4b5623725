/** The pipeline that searches for a pipeline: many are tried on a data set, and a leaderboard says which to take. */
import type { z } from 'zod';
import { definePipeline, type Pipeline } from '../../pipelines/pipeline.ts';
import type { Json } from '../../pipelines/stage.ts';
import { tableArtifact } from '../../uploads/stored-tables.ts';
import { searchParams } from './search-params.ts';
import { searchStages } from './search-stages.ts';

export const CLUSTERING_SEARCH = 'clustering_search';

export const searchPipeline: Pipeline = definePipeline({
  name: CLUSTERING_SEARCH,
  stages: searchStages,
  params: searchParams as unknown as z.ZodType<Record<string, Json>>,
  sources: async (em, job) => ({ artifacts: [await tableArtifact(em, job.datasetVersion?.id ?? '')] }),
});
