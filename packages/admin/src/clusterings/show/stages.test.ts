import { expect, it } from 'vitest';
import type { ClusteringDetails } from '../clustering-resource.ts';
import { nextStage, STAGES, stateOf } from './stages.ts';

const jobOf = (status: ClusteringDetails['status'], stages: Readonly<Record<string, string>>) =>
  ({ status, stages: Object.entries(stages).map(([name, run]) => ({ name, status: run })) }) as ClusteringDetails;
const clustering = STAGES[3];

it('offers the first stage of a job that was only made', () => {
  expect(nextStage(jobOf('paused', {}))).toBe('preprocess');
});

it('holds a stage for done when those that run along with it are', () => {
  const before = { preprocess: 'reused', feature_selection: 'completed', dimensionality_reduction: 'completed' };
  const half = jobOf('running', { ...before, clustering: 'completed', risk: 'running' });
  expect(stateOf(half, clustering)).toBe('running');
  expect(nextStage(half)).toBeUndefined();
  expect(nextStage(jobOf('paused', { ...before, clustering: 'completed', risk: 'completed' }))).toBe('metrics');
});

it('offers nothing of a job that has ended', () => {
  expect(nextStage(jobOf('completed', {}))).toBeUndefined();
  expect(stateOf(jobOf('failed', { clustering: 'failed', risk: 'pending' }), clustering)).toBe('failed');
});
