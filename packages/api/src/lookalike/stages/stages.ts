/** The stages of the look-alike pipeline, in the order in which they run: THE LIST. */
import type { Stage } from '../../pipelines/stage.ts';
import { catalogStage } from './catalog.ts';
import { decideStage } from './decide.ts';
import { driftStage } from './drift.ts';
import { evaluateStage } from './evaluate.ts';
import { featuresStage } from './features.ts';
import { ingestStage } from './ingest.ts';
import { publishStage } from './publish.ts';
import { reportStage } from './report.ts';
import { trainStage } from './train.ts';
import { validateStage } from './validate.ts';

export const lookalikeStages: readonly Stage[] = [
  ingestStage,
  validateStage,
  featuresStage,
  catalogStage,
  driftStage,
  decideStage,
  trainStage,
  evaluateStage,
  publishStage,
  reportStage,
];
