import { describe, expect, it } from 'vitest';
import { inBatches } from './run-data.ts';

describe('what is logged to a run', () => {
  it('goes in as many calls as it takes, each value in one of them', () => {
    const at = new Date(1000);
    const metrics = Array.from({ length: 1700 }, (_, step) => ({ key: 'loss', value: step, step, at }));
    const params = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`p${n}`, String(n)]));
    const batches = inBatches({ metrics, params });
    expect(batches.map((batch) => [batch.params.length, batch.metrics.length])).toEqual([
      [100, 800],
      [50, 800],
      [0, 100],
    ]);
    expect(batches.flatMap((batch) => batch.metrics.map(({ step }) => step))).toEqual(metrics.map(({ step }) => step));
    expect(inBatches({})).toHaveLength(1);
  });

  it("is in MLflow's alphabet and lengths", () => {
    const at = new Date(1000);
    const metrics = [
      { key: 'a@b', value: 0.5, step: 0, at },
      { key: 'c d/e.f-g', value: -1, step: 2, at },
    ];
    const [batch] = inBatches({ metrics, params: { long: 'x'.repeat(7000) }, tags: { 'ключ:1': 'v' } });
    expect(batch.metrics).toEqual([
      { key: 'a_b', value: 0.5, timestamp: 1000, step: 0 },
      { key: 'c d/e.f-g', value: -1, timestamp: 1000, step: 2 },
    ]);
    expect(batch.params[0].value).toHaveLength(6000);
    expect(batch.tags[0].key).toBe('_____1');
  });
});
