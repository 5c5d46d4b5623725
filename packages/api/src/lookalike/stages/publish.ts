import { z } from 'zod';
import type { Stage } from '../../pipelines/stage.ts';

const evaluationSummary = z.object({ verdict: z.enum(['first', 'better', 'tie', 'worse']), text: z.string() });

/** The challenger is put into service unless it is clearly worse than the champion on the new data. */
export const publishStage: Stage = {
  name: 'publish',
  codeVersion: 1,
  inputs: ['model.bin', 'summary.evaluate'],
  weight: 1,
  async run(context) {
    const { verdict, text } = evaluationSummary.parse(await context.json('summary.evaluate'));
    return { summary: { published: verdict !== 'worse', reason: text } };
  },
};
