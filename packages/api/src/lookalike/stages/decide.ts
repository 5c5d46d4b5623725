import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Stage } from '../../pipelines/stage.ts';
import { readModelIfFit } from '../engine/lookalike-model.ts';

const driftSummary = z.object({ drift_detected: z.boolean(), drift_score: z.number() });

/**
 * Trains where there is no model (or none that this release can read), and where the data have drifted from those that the
 * served model was trained on.
 */
export const decideStage: Stage = {
  name: 'decide',
  codeVersion: 2,
  inputs: ['summary.drift', 'champion.bin?'],
  weight: 1,
  async run(context) {
    const { drift_detected: drifted } = driftSummary.parse(await context.json('summary.drift'));
    if (!context.find('champion.bin')) return { summary: { train: true, reason: 'There is no model yet.' } };
    const champion = await readFile(await context.path('champion.bin'));
    if (!readModelIfFit(new Uint8Array(champion).buffer))
      return { summary: { train: true, reason: 'This release cannot read the model that serves.' } };
    if (drifted)
      return { summary: { train: true, reason: 'The data drifted from those that the model was trained on.' } };
    return {
      summary: { train: false, reason: 'No drift: the served model fits the new data.' },
      skip: ['train', 'evaluate', 'publish'],
    };
  },
};
