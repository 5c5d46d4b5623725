/** The stages of a clustering, in the order in which they run: THE LIST. */
import type { Stage } from '../../pipelines/stage.ts';
import { clusteringStage } from './clustering.ts';
import { dimensionalityReductionStage } from './dimensionality-reduction.ts';
import { featureSelectionStage } from './feature-selection.ts';
import { metricsStage } from './metrics.ts';
import { preprocessStage } from './preprocess.ts';
import { reportStage } from './report.ts';
import { riskStage } from './risk.ts';
import { visualizationStage } from './visualization.ts';

export const clusteringStages: readonly Stage[] = [
  preprocessStage,
  featureSelectionStage,
  dimensionalityReductionStage,
  clusteringStage,
  riskStage,
  metricsStage,
  visualizationStage,
  reportStage,
];
