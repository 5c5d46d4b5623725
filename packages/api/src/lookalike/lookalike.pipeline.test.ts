import { expect, it } from 'vitest';
import { lookalikePipeline } from './lookalike.pipeline.ts';

it('takes its own parameters alone, so that a misspelt one does not train as if nothing had been asked', () => {
  expect(lookalikePipeline.params.parse({ trees: 5 })).toMatchObject({ trees: 5, leaves: 15 });
  expect(lookalikePipeline.params.safeParse({ tress: 5 }).success).toBe(false);
  expect(lookalikePipeline.params.safeParse({ trees: 0 }).success).toBe(false);
});
