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

it('says which parameters hold only beside certain values of others, by names and values that the same form has', () => {
  const property = z.object({
    enum: z.array(z.unknown()).optional(),
    items: z.object({ enum: z.array(z.unknown()).optional() }).optional(),
    appliesWhen: z.record(z.string(), z.array(z.unknown())).optional(),
  });
  const schemas = clusteringForms().flatMap(({ stage, schema, methods, choices = [] }) => [
    ...(schema === undefined ? [] : [{ of: stage, schema }]),
    ...[...methods, ...choices.flatMap((choice) => choice.methods)].map(({ name, schema }) => ({ of: name, schema })),
  ]);
  const told: string[] = [];
  for (const { of, schema } of schemas) {
    const { properties } = z.object({ properties: z.record(z.string(), property) }).parse(schema);
    for (const [name, { appliesWhen = {} }] of Object.entries(properties)) {
      for (const [other, values] of Object.entries(appliesWhen)) {
        told.push(`${of}.${name}: ${other}`);
        const known = properties[other]?.enum ?? properties[other]?.items?.enum;
        expect(Object.keys(properties)).toContain(other);
        if (known) expect(known).toEqual(expect.arrayContaining(values));
      }
    }
  }
  expect(told).toEqual(
    expect.arrayContaining([
      'optics.eps: cluster_method',
      'optics.xi: cluster_method',
      'spectral.n_neighbors: affinity',
      'spectral.gamma: affinity',
      'agglomerative.n_clusters: distance_threshold',
      'hdbscan.max_cluster_size: cluster_selection_method',
      'preprocess.outlier_action: outliers',
      'visualization.tree_leaves: charts',
    ]),
  );
});
