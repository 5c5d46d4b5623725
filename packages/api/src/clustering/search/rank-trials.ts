import type { Measures } from './judge.ts';

export interface Judged {
  readonly measures: Measures;
  /** Mean over the rows; null where it was not measured. */
  readonly stability: number | null;
}

/** What stands in docs/clustering.md and in the leaderboard itself. */
export const FORMULA =
  'Each measure ranks the trials (1 the best, equal ones equal). A score is the mean of three ranks: compactness, the mean of those by silhouette, Calinski-Harabasz and Davies-Bouldin; density-based validity; and, of finalists, stability. Silhouette and Calinski-Harabasz are multiplied by the share of rows that are no noise, Davies-Bouldin divided by it, and density-based validity counts noise as nothing.';

type Worth = (judged: Judged) => number;

/** A measure that is not defined ranks last. */
const or = (value: number | null): number => value ?? Number.NEGATIVE_INFINITY;

/** The higher the better, with noise paid for. */
const FAMILIES: readonly (readonly Worth[])[] = [
  [
    ({ measures: { silhouette, noise } }) => or(silhouette) * (silhouette !== null && silhouette > 0 ? 1 - noise : 1),
    ({ measures: { calinski_harabasz, noise } }) => or(calinski_harabasz) * (1 - noise),
    ({ measures: { davies_bouldin, noise } }) => (davies_bouldin === null ? or(null) : -davies_bouldin / (1 - noise)),
  ],
  [({ measures }) => or(measures.density_validity)],
  [({ stability }) => or(stability)],
];

/** The scores of trials that are compared with each other, in their order; the lowest is the best. */
export function scoreTrials(trials: readonly Judged[]): number[] {
  const measured = trials.some(({ stability }) => stability !== null);
  const families = measured ? FAMILIES : FAMILIES.slice(0, 2);
  const ranks = families.map((worths) => worths.map((worth) => ranksOf(trials.map(worth))));
  return trials.map((_, at) => mean(ranks.map((family) => mean(family.map((one) => one[at])))));
}

/** 1 plus how many are better. */
function ranksOf(worths: readonly number[]): number[] {
  const sorted = worths.toSorted((a, b) => b - a);
  const first = new Map<number, number>();
  sorted.forEach((worth, at) => {
    if (!first.has(worth)) first.set(worth, at + 1);
  });
  return worths.map((worth) => first.get(worth) ?? sorted.length);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
