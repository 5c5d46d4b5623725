import { describe, expect, it } from 'vitest';
import type { Measures } from './judge.ts';
import { scoreOf } from './score-trial.ts';

const usual: Measures = {
  clusters: 2,
  sizes: [5, 5],
  noise: 0,
  silhouette: 0.5,
  calinski_harabasz: 100,
  davies_bouldin: 1,
  density_validity: 0.2,
};

describe('the score of a trial', () => {
  it('is the silhouette, half of the density-based validity, and less what is not stable', () => {
    expect(scoreOf(usual, null)).toBeCloseTo(0.6, 12);
    expect(scoreOf(usual, 1)).toBeCloseTo(0.6, 12);
    expect(scoreOf(usual, 0.8)).toBeCloseTo(0.5, 12);
  });

  it('counts a row of noise as one in the wrong cluster, also where the others are badly placed', () => {
    expect(scoreOf({ ...usual, noise: 0.3 }, null)).toBeCloseTo(0.5 * 0.7 - 0.3 + 0.1, 12);
    const bad = { ...usual, silhouette: -0.5 };
    expect(scoreOf({ ...bad, noise: 0.4 }, null)).toBeLessThan(scoreOf(bad, null));
  });

  it('takes a measure that is not defined for its worst', () => {
    expect(scoreOf({ ...usual, silhouette: null, density_validity: null }, null)).toBe(-1.5);
  });
});
