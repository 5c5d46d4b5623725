import type { Stage } from '../../pipelines/stage.ts';

/** From here on the version is in service: its offers are known, its clients are scored by the model that serves now. */
export const catalogStage: Stage = {
  name: 'catalog',
  codeVersion: 1,
  inputs: ['world.bin', 'summary.features'],
  weight: 1,
  async run(context) {
    const facts = await context.json('summary.features');
    const { users, offers, merchants } = (facts ?? {}) as Record<string, number>;
    return { summary: { users, offers, merchants } };
  },
};
