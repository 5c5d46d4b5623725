import { z } from 'zod';
import type { ColumnSamples, ColumnType } from './samples.ts';

const paramsOf = (threshold: number) =>
  z.object({
    threshold: z.number().min(0).default(threshold).describe("Where drift begins; Evidently's own unless given."),
  });

/** One of Evidently's tests: its score of two samples is a p-value or a distance. */
export interface StatTest {
  readonly kind: 'stat_test';
  /** Evidently's name of it. */
  readonly name: string;
  /** What Evidently's reports call it. */
  readonly title: string;
  readonly types: readonly ColumnType[];
  readonly params: ReturnType<typeof paramsOf>;
  /** Evidently's default. */
  readonly threshold: number;
  /** Where drift is: below the threshold for p-values, above for distances; `reached` says that the threshold itself counts. */
  readonly drift: 'below' | 'reached-below' | 'above' | 'reached-above';
  /** @throws MlError for samples that the test is not defined for */
  score(samples: ColumnSamples): number;
}

export const defineStatTest = (entry: Omit<StatTest, 'kind' | 'params'>): StatTest => ({
  kind: 'stat_test',
  params: paramsOf(entry.threshold),
  ...entry,
});

const DRIFTED: Record<StatTest['drift'], (score: number, threshold: number) => boolean> = {
  below: (score, threshold) => score < threshold,
  'reached-below': (score, threshold) => score <= threshold,
  above: (score, threshold) => score > threshold,
  'reached-above': (score, threshold) => score >= threshold,
};

export function isDrifted(test: StatTest, score: number, threshold = test.threshold): boolean {
  return DRIFTED[test.drift](score, threshold);
}
