/** The well-known statistics beside the verdict, by Evidently's definitions. They decide nothing: they know no sample size. */
import { chiSquare } from '@kindred/ml/drift/chi-square.ts';
import { jensenShannonDistance } from '@kindred/ml/drift/jensen-shannon.ts';
import { kolmogorovSmirnov } from '@kindred/ml/drift/kolmogorov-smirnov.ts';
import { populationStabilityIndex } from '@kindred/ml/drift/psi.ts';
import { normedWasserstein } from '@kindred/ml/drift/wasserstein.ts';
import type { MixFeature } from './drift-profile.ts';

export type DriftStatistics = {
  psi: number;
  jensen_shannon: number;
  wasserstein?: number;
  ks?: { statistic: number; p_value: number };
  chi_square?: { statistic: number; p_value: number };
};

/** @param ordered whether the labels are numbers in order: then distances along them make sense. */
export function driftStatistics(
  reference: MixFeature,
  current: MixFeature,
  window: string,
  ordered: boolean,
): DriftStatistics | undefined {
  const r = reference.windows[window];
  const c = current.windows[window];
  if (!r || !c) return undefined;
  const labels = [...new Set([...reference.labels, ...current.labels])];
  if (ordered) labels.sort((a, b) => Number(a) - Number(b));
  const counts = (mix: MixFeature, weight: number, shares: readonly number[]) => {
    const byLabel = new Map(mix.labels.map((label, index) => [label, shares[index] * weight]));
    return labels.map((label) => byLabel.get(label) ?? 0);
  };
  const pair = {
    reference: counts(reference, r.weight, r.shares),
    current: counts(current, c.weight, c.shares),
    values: labels.map(Number),
  };
  const statistics: DriftStatistics = {
    psi: populationStabilityIndex(pair),
    jensen_shannon: jensenShannonDistance(pair),
  };
  if (ordered) {
    const { statistic, pValue } = kolmogorovSmirnov(pair);
    return { ...statistics, wasserstein: normedWasserstein(pair), ks: { statistic, p_value: pValue } };
  }
  const { statistic, pValue } = chiSquare(pair);
  return { ...statistics, chi_square: { statistic, p_value: pValue } };
}
