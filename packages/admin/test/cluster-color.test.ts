import { clusterColour as chartColor } from '@kindred/api/charts/chart.ts';
import { expect, it } from 'vitest';
import { clusterColor } from '../src/clusterings/cluster-color.ts';

it('a cluster has the colour of the charts that the service draws', () => {
  for (let label = -1; label < 40; label++) expect(clusterColor(label)).toBe(chartColor(label));
});
