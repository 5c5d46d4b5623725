/**
 * From many comparisons to one verdict. A feature has drifted if its change is both significant, with the rate of false
 * discoveries over all comparisons held, and large: at least half of the smallest change that is declared to be found.
 * Either alone misleads: with much data everything is significant, with little data anything is large.
 */
import { benjaminiHochberg } from './false-discovery-rate.ts';

export interface DriftComparison {
  readonly feature: string;
  /** Period compared, for example "last 14 days". */
  readonly window: string;
  /** Size of the change in the units of `smallest`; the sign tells the direction where there is one. */
  readonly effect: number;
  /** The smallest change declared to be found. */
  readonly smallest: number;
  readonly pValue: number;
}

export interface JudgedComparison extends DriftComparison {
  readonly adjustedP: number;
  /** Size beyond which a significant change is drift. */
  readonly threshold: number;
  readonly drifted: boolean;
  /**
   * 0..1, 0.5 at the threshold: x / (1 + x) for a change of x thresholds. Where it is not significant x counts only in the
   * proportion of its evidence (log p) to what significance takes, and the score stays below 0.5.
   */
  readonly score: number;
}

export interface DriftVerdict {
  readonly drifted: boolean;
  /** The largest score of all comparisons. */
  readonly score: number;
  readonly comparisons: readonly JudgedComparison[];
}

export interface VerdictOptions {
  /**
   * Expected share of false discoveries among those reported. The size asked for beside it keeps false alarms rarer still:
   * `pnpm bench drift` measures how rare.
   */
  readonly falseDiscoveryRate?: number;
  /** Share of the smallest size from which on a change counts; half leaves the declared size well on the other side of noise. */
  readonly thresholdShare?: number;
}

/** What an insignificant change scores at most; monotone below it as well. */
const INSIGNIFICANT_LIMIT = 0.49;

export function driftVerdict(comparisons: readonly DriftComparison[], options: VerdictOptions = {}): DriftVerdict {
  const rate = options.falseDiscoveryRate ?? 0.03;
  const thresholdShare = options.thresholdShare ?? 0.5;
  const adjusted = benjaminiHochberg(comparisons.map(({ pValue }) => pValue));
  const judged = comparisons.map((comparison, index): JudgedComparison => {
    const threshold = comparison.smallest * thresholdShare;
    const thresholds = Math.abs(comparison.effect) / threshold;
    const significant = adjusted[index] <= rate;
    const evidence = Math.min(1, Math.log(Math.max(adjusted[index], Number.MIN_VALUE)) / Math.log(rate));
    const size = thresholds * Math.max(0, evidence);
    const score = size / (1 + size);
    return {
      ...comparison,
      adjustedP: adjusted[index],
      threshold,
      drifted: significant && thresholds >= 1,
      score: significant ? score : Math.min(score, INSIGNIFICANT_LIMIT),
    };
  });
  return {
    drifted: judged.some(({ drifted }) => drifted),
    score: judged.reduce((largest, { score }) => Math.max(largest, score), 0),
    comparisons: judged,
  };
}
