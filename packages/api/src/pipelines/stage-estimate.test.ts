import { describe, expect, it } from 'vitest';
import type { Stage } from './stage.ts';
import { StageEstimate } from './stage-estimate.ts';

const stages = [
  ['ingest', 1],
  ['train', 8],
  ['publish', 1],
].map(([name, weight]) => ({ name, weight })) as unknown as Stage[];

describe('the estimate of a job', () => {
  it('knows no time without history, only shares by weight', () => {
    const estimate = new StageEstimate(stages, new Map());
    expect(estimate.at('ingest', 0, 0)).toEqual({ progress: 0, etaSeconds: null, stageEtaSeconds: null });
    estimate.finished('ingest', 2);
    const half = estimate.at('train', 0.5, 8);
    expect(half.progress).toBeCloseTo(0.5);
    // Ten seconds made half of it.
    expect(half.etaSeconds).toBeCloseTo(10, 0);
  });

  it('takes the durations of earlier runs, and believes the running stage once it is half done', () => {
    const estimate = new StageEstimate(
      stages,
      new Map([
        ['ingest', 5],
        ['train', 20],
        ['publish', 5],
      ]),
    );
    expect(estimate.at('ingest', 0, 0)).toEqual({ progress: 0, etaSeconds: 30, stageEtaSeconds: 5 });
    estimate.finished('ingest', 5);
    expect(estimate.at('train', 0.25, 10).stageEtaSeconds).toBe(15);
    expect(estimate.at('train', 0.8, 40).stageEtaSeconds).toBeCloseTo(10);
  });

  it('leaves out what will not run, ends at 1 and never leaves 0..1', () => {
    const estimate = new StageEstimate(stages, new Map());
    estimate.finished('ingest', 1);
    estimate.dropped('train');
    expect(estimate.at('publish', 1, 1).progress).toBe(1);
    for (const done of [0, 0.3, 0.9, 1]) {
      const { progress } = estimate.at('publish', done, 100);
      expect(progress).toBeGreaterThanOrEqual(0);
      expect(progress).toBeLessThanOrEqual(1);
    }
  });
});
