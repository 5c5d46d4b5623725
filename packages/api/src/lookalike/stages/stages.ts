/** The stages of the look-alike pipeline, in the order in which they run: THE LIST. */
import { catalogStage } from './catalog.ts';
import { decideStage } from './decide.ts';
import { evaluateStage } from './evaluate.ts';
import { featuresStage } from './features.ts';
import { ingestStage } from './ingest.ts';
import { publishStage } from './publish.ts';
import { trainStage } from './train.ts';

export const lookalikeStages = [
  ingestStage,
  featuresStage,
  catalogStage,
  decideStage,
  trainStage,
  evaluateStage,
  publishStage,
];
