import { expect, it } from 'vitest';
import { z } from 'zod';
import { clusteringParams } from './clustering-params.ts';
import { clusteringForms } from './method-forms.ts';

const withFields = z.object({
  properties: z.record(z.string(), z.object({ enum: z.array(z.string()).optional() }).loose()),
});

it('has a form for each method that a field of the preparation may name', () => {
  const preprocess = clusteringForms().find(({ stage }) => stage === 'preprocess');
  const { properties } = withFields.parse(preprocess?.schema);
  const choices = preprocess?.choices ?? [];
  const own = Object.keys(properties).filter((name) => name.endsWith('_params'));
  expect(choices.map(({ params }) => params)).toEqual(own);
  for (const { field, methods } of choices) {
    const known = methods.map(({ name }) => name);
    const named = (properties[field]?.enum ?? []).filter((name) => name !== 'none' && name !== 'automatic');
    expect(known).toEqual(expect.arrayContaining(named));
  }
});

it('takes what its forms have as defaults', () => {
  for (const { beside } of clusteringForms()) {
    if (beside === undefined) continue;
    const defaults = Object.keys(withFields.parse(beside).properties).map((name) => [name, null]);
    expect(clusteringParams.safeParse(Object.fromEntries(defaults)).success).toBe(true);
  }
});
