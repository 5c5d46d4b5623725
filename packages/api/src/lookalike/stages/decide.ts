import { z } from 'zod';
import type { Stage } from '../../pipelines/stage.ts';

const driftSummary = z.object({ drift_detected: z.boolean(), drift_score: z.number() });

/** Trains where nothing has been trained yet, or where the data have drifted from what the served model was trained on. */
export const decideStage: Stage = {
  name: 'decide',
  codeVersion: 1,
  inputs: ['summary.drift', 'champion.bin?'],
  weight: 1,
  async run(context) {
    const { drift_detected: drifted } = driftSummary.parse(await context.json('summary.drift'));
    if (!context.find('champion.bin')) return { summary: { train: true, reason: 'There is no model yet.' } };
    if (drifted)
      return { summary: { train: true, reason: 'The data drifted from those that the model was trained on.' } };
    return {
      summary: { train: false, reason: 'No drift: the served model fits the new data.' },
      skip: ['train', 'evaluate', 'publish'],
    };
  },
};
