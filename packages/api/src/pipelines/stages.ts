import { labelRowsStage } from '../clustering/fitted/label-rows.ts';
import { searchStages } from '../clustering/search/search-stages.ts';
import { clusteringStages } from '../clustering/stages/stages.ts';
import { lookalikeStages } from '../lookalike/stages/stages.ts';
import { martStage } from '../stores/mart/mart.stage.ts';
import type { Stage } from './stage.ts';

/** THE LIST of stages by pipeline, as the compute process loads it: no database, no transport below this import. */
export const STAGES: Readonly<Record<string, readonly Stage[]>> = {
  lookalike: lookalikeStages,
  clustering: clusteringStages,
  clustering_labels: [labelRowsStage],
  clustering_search: searchStages,
  stores_mart: [martStage],
};
