import { describe, expect, it } from 'vitest';
import type { Measures } from './judge.ts';
import { type Judged, scoreTrials } from './rank-trials.ts';

const judged = (own: Partial<Measures>, stability: number | null = null): Judged => ({
  measures: {
    clusters: 2,
    sizes: [5, 5],
    noise: 0,
    silhouette: 0.5,
    calinski_harabasz: 100,
    davies_bouldin: 1,
    density_validity: 0.2,
    ...own,
  },
  stability,
});

describe('scores of trials', () => {
  it('are the mean of three ranks, of which one is the mean of three', () => {
    const trials = [
      judged({ silhouette: 0.6, calinski_harabasz: 90, davies_bouldin: 2 }, 0.9),
      judged({ silhouette: 0.5, calinski_harabasz: 100, davies_bouldin: 1, density_validity: 0.3 }, 0.8),
    ];
    // Compactness (1 + 2 + 2) / 3 and (2 + 1 + 1) / 3; density 2 and 1; stability 1 and 2.
    expect(scoreTrials(trials)).toEqual([(5 / 3 + 2 + 1) / 3, (4 / 3 + 1 + 2) / 3]);
    // Without stability there are two.
    const early = trials.map(({ measures }) => ({ measures, stability: null }));
    expect(scoreTrials(early)).toEqual([(5 / 3 + 2) / 2, (4 / 3 + 1) / 2]);
  });

  it('pay for noise in each measure of compactness', () => {
    const [clean, noisy] = scoreTrials([judged({}), judged({ noise: 0.3 })]);
    expect(clean).toBe(1);
    expect(noisy).toBe(1.5);
  });

  it('rank what is not defined last, and what is equal equally', () => {
    const [first, second, none] = scoreTrials([judged({}), judged({}), judged({ density_validity: null })]);
    expect([first, second]).toEqual([1, 1]);
    expect(none).toBe((1 + 3) / 2);
    expect(scoreTrials([])).toEqual([]);
  });
});
