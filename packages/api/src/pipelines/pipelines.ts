import { clusteringPipeline } from '../clustering/clustering.pipeline.ts';
import { labellingPipeline } from '../clustering/fitted/labelling.pipeline.ts';
import { searchPipeline } from '../clustering/search/search.pipeline.ts';
import { lookalikePipeline } from '../lookalike/lookalike.pipeline.ts';
import { martPipeline } from '../stores/mart/mart.pipeline.ts';
import type { Pipeline } from './pipeline.ts';

/** THE LIST of pipelines. A data set's kind is the name of its pipeline. */
export const PIPELINES: readonly Pipeline[] = [
  lookalikePipeline,
  clusteringPipeline,
  labellingPipeline,
  searchPipeline,
  martPipeline,
];
