/** `leaderboard.json`: every trial of the plan, best first, and how it was judged. */
import { z } from 'zod';

export const LEADERBOARD = 'leaderboard.json';

export const TRIAL_STATES = [
  /** Fitted to all rows, and proved by bootstrap. */
  'final',
  /** Judged on the sample. */
  'screened',
  /** It tells nothing of the table; `reason` says why. */
  'degenerate',
  'failed',
  /** It would not fit into memory. */
  'skipped',
  /** The time was over before. */
  'not_reached',
] as const;

const value = z.number().nullable();

export const leaderboardEntry = z.object({
  /** From 1; null of trials without a result. */
  rank: z.int().nullable(),
  /** Place in the plan. */
  trial: z.int(),
  name: z.string(),
  state: z.enum(TRIAL_STATES),
  reason: z.string().nullable(),
  preparation: z.string(),
  reduction: z.string(),
  method: z.string(),
  clusters: z.int().nullable(),
  sizes: z.array(z.int()),
  noise: value,
  silhouette: value,
  calinski_harabasz: value,
  davies_bouldin: value,
  density_validity: value,
  stability: value,
  /** The higher the better; see `formula`. */
  score: value,
  /** Against `label_column`; it never counts for the rank. */
  adjusted_rand: value,
  /** Rows that were clustered and judged. */
  rows: z.int().nullable(),
  /** Trial number of the better one that found the same clusters. */
  same_as: z.int().nullable(),
  /** What is in the clusters, of the first ones. */
  summary: z.string().nullable(),
  /** Of the clustering job that does the same with all rows. */
  params: z.record(z.string(), z.unknown()).nullable(),
});
export type LeaderboardEntry = z.output<typeof leaderboardEntry>;

export const leaderboard = z.object({
  rows: z.int(),
  sample_rows: z.int(),
  seed: z.int(),
  formula: z.string(),
  /** Preparation in whose columns all trials are judged. */
  reference: z.record(z.string(), z.unknown()),
  limits: z.object({ budget_seconds: z.number().nullable(), max_trials: z.int().nullable() }),
  /** How many of each state, and all. */
  trials: z.record(z.enum(['planned', ...TRIAL_STATES]), z.int()),
  notes: z.array(z.string()),
  entries: z.array(leaderboardEntry),
});
export type Leaderboard = z.output<typeof leaderboard>;

/** Columns of `leaderboard.csv`. */
export const CSV_COLUMNS = [
  'rank',
  'trial',
  'name',
  'state',
  'clusters',
  'noise',
  'silhouette',
  'calinski_harabasz',
  'davies_bouldin',
  'density_validity',
  'stability',
  'score',
  'adjusted_rand',
  'rows',
  'same_as',
  'reason',
] as const satisfies readonly (keyof LeaderboardEntry)[];
