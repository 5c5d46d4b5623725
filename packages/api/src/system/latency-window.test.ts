import { describe, expect, it } from 'vitest';
import { LatencyWindow, WINDOW_SECONDS } from './latency-window.ts';

describe('times of the last minute', () => {
  const start = 1_800_000_000_000;

  it('have quantiles within 4 % of the exact ones, from microseconds to minutes', () => {
    for (const scale of [0.1, 1, 37, 5000]) {
      const window = new LatencyWindow();
      for (let n = 1; n <= 1000; n++) window.record((n / 1000) * scale, n % 10 === 0, start + n * 50);
      const { requests, refused, perSecond, p50, p95, p99 } = window.summary(start + 50_000);
      expect({ requests, refused }).toEqual({ requests: 1000, refused: 100 });
      expect(perSecond).toBeCloseTo(1000 / WINDOW_SECONDS);
      for (const [quantile, share] of [
        [p50, 0.5],
        [p95, 0.95],
        [p99, 0.99],
      ] as const) {
        // Below the first bucket's end nothing is told apart.
        if (share * scale < 0.06) continue;
        expect(Math.abs((quantile ?? 0) / (share * scale) - 1)).toBeLessThan(0.042);
      }
    }
  });

  it('are forgotten after it, second by second', () => {
    const window = new LatencyWindow();
    for (let second = 0; second < 90; second++) window.record(1, false, start + second * 1000);
    expect(window.summary(start + 89_000).requests).toBe(60);
    expect(window.summary(start + 89_000 + 45_000).requests).toBe(15);
    expect(window.summary(start + 89_000 + 60_000)).toEqual({
      requests: 0,
      refused: 0,
      perSecond: 0,
      p50: null,
      p95: null,
      p99: null,
    });
  });
});
