/** Compares a version's measures with a reference's, feature by feature and window by window. */
import { differenceVariance } from '@kindred/ml/drift/clustered-ratio.ts';
import { twoSidedNormalP, twoSidedStudentP } from '@kindred/ml/drift/distributions.ts';
import { moderated } from '@kindred/ml/drift/natural-variation.ts';
import { stratifiedDifference } from '@kindred/ml/drift/stratified-difference.ts';
import { totalVariation } from '@kindred/ml/drift/total-variation.ts';
import type { DriftComparison } from '@kindred/ml/drift/verdict.ts';
import type { MeanFeature, Measures, MixFeature, Naturals, StratifiedFeature } from './drift-profile.ts';
import { DRIFT_FEATURES, type DriftFeature, FEATURE_NAMES, type FeatureKind } from './features.ts';
import { ALL, SAME_DAYS, SAME_DAYS_WINDOW, WINDOWS } from './windows.ts';

/** A preference that the reference itself hardly showed cannot be lost: it must be this many deviations of its changes. */
const VISIBLE_PREFERENCE = 4;
const SHORTEST = String(WINDOWS[0]);
/** One week is one week's weather: what is declared for longer windows is declared for it at this multiple. */
const WEEK_CAUTION = 1.5;
/** Tastes are learned from few habits of many clients; with fewer of them left, habits are missed that nobody lost. */
const SHARED_FOR_TASTE = 0.5;

export interface FeatureComparison extends DriftComparison {
  readonly reference: number | null;
  readonly current: number | null;
}

/**
 * p-value of a change: against its sampling variance, and against how the feature changes by nature. Both must find it
 * unlikely. Nature as seen over weeks is an upper bound for longer periods and better known.
 */
function pOfChange(change: number, variance: number, natural: Naturals, window: string, smallest: number): number {
  const sampling = variance > 0 ? twoSidedNormalP(change / Math.sqrt(variance)) : change === 0 ? 1 : 0;
  if (window === ALL || window === SAME_DAYS) return sampling;
  const known = [natural[window], natural[SHORTEST]].filter((variation) => variation !== undefined);
  const candidates =
    known.length > 0
      ? known.map(({ size, degrees }) => moderated(size, degrees, smallest))
      : [moderated(undefined, 0, smallest)];
  const byNature = candidates.map(({ deviation, degrees }) => twoSidedStudentP(change / deviation, degrees));
  return Math.max(sampling, Math.min(...byNature));
}

function compareMean(
  name: string,
  { kind, smallest }: DriftFeature,
  reference: MeanFeature,
  current: MeanFeature,
  shared: number,
): FeatureComparison[] {
  return Object.keys(reference.windows).flatMap((window): FeatureComparison[] => {
    const r = reference.windows[window];
    const c = current.windows[window];
    if (!c) return [];
    const difference = c.mean - r.mean;
    const variance = differenceVariance(r, c, shared);
    const base = { feature: name, window, smallest, reference: r.mean, current: c.mean };
    if (kind === 'rate') {
      if (r.mean <= 0 || c.mean <= 0) return [];
      const log = Math.log(c.mean / r.mean);
      const pValue = pOfChange(
        log,
        variance / (r.mean * c.mean),
        reference.natural,
        window,
        smallest * reference.scale,
      );
      return [{ ...base, effect: log / reference.scale, pValue }];
    }
    const unit = kind === 'share' ? 1 : reference.scale;
    if (!(unit > 0)) return [];
    return [
      {
        ...base,
        effect: difference / unit,
        pValue: pOfChange(difference, variance, reference.natural, window, smallest * unit),
      },
    ];
  });
}

function compareStratified(
  name: string,
  { kind, smallest }: DriftFeature,
  reference: StratifiedFeature,
  current: StratifiedFeature,
): FeatureComparison[] {
  return Object.keys(reference.windows).flatMap((window): FeatureComparison[] => {
    const now = current.windows[window];
    if (!now) return [];
    const found = stratifiedDifference(reference.windows[window], now);
    if (!Number.isFinite(found.difference)) return [];
    const variance = found.variance * Math.max(reference.designEffect, current.designEffect);
    const noise = Math.max(Math.sqrt(variance), reference.natural[window]?.size ?? 0);
    if (kind === 'loss' && found.reference < VISIBLE_PREFERENCE * noise) return [];
    const unit = kind === 'loss' ? found.reference : reference.scale;
    return [
      {
        feature: name,
        window,
        smallest,
        effect: found.difference / unit,
        pValue: pOfChange(found.difference, variance, reference.natural, window, smallest * unit),
        reference: found.reference,
        current: found.current,
      },
    ];
  });
}

/** Both mixes over the reference's categories; those that only the new version has are left out and the rest rescaled. */
function alignedMixes(reference: MixFeature, current: MixFeature, window: string) {
  const r = reference.windows[window];
  const c = current.windows[window];
  if (!r || !c) return undefined;
  const place = new Map(current.labels.map((label, index) => [label, index]));
  const indices = reference.labels.map((label) => place.get(label) ?? -1);
  const pick = (values: readonly number[]) => indices.map((index) => (index < 0 ? 0 : values[index]));
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const known = sum(pick(c.shares));
  const all = sum(r.shares);
  if (known <= 0 || all <= 0) return undefined;
  const scaled = (
    estimate: { shares: number[]; variances: number[]; paired: number[] },
    by: number,
    weight: number,
  ) => ({
    shares: estimate.shares.map((value) => value / by),
    variances: estimate.variances.map((value) => value / by ** 2),
    paired: estimate.paired.map((value) => value / by ** 2),
    weight,
  });
  const picked = { shares: pick(c.shares), variances: pick(c.variances), paired: pick(c.paired) };
  return { reference: scaled(r, all, r.weight * all), current: scaled(picked, known, c.weight * known) };
}

function compareMix(
  name: string,
  feature: DriftFeature,
  reference: MixFeature,
  current: MixFeature,
  shared: number,
): FeatureComparison[] {
  return Object.keys(reference.windows).flatMap((window): FeatureComparison[] => {
    const aligned = alignedMixes(reference, current, window);
    if (!aligned) return [];
    const { reference: r, current: c } = aligned;
    const variances = r.shares.map((mean, k) =>
      differenceVariance(
        { mean, variance: r.variances[k], paired: r.paired[k], weight: r.weight },
        { mean: c.shares[k], variance: c.variances[k], paired: c.paired[k], weight: c.weight },
        shared,
      ),
    );
    const sameDays = window === ALL || window === SAME_DAYS;
    const smallest = sameDays ? feature.smallest : (feature.smallestOfOtherDays ?? feature.smallest);
    const { distance, raw, pValue } = totalVariation(r.shares, c.shares, variances);
    const base = { feature: name, window, smallest, reference: null, current: null };
    const natural = reference.natural[window];
    if (!natural) return [{ ...base, effect: distance, pValue }];
    // What counts is how much farther apart the versions are than two periods of the reference were.
    const excess = Math.max(0, Math.min(distance, raw - natural.size));
    const { deviation, degrees } = moderated(natural.spread, natural.degrees, smallest);
    const naturalP = raw > natural.size ? twoSidedStudentP((raw - natural.size) / deviation, degrees) : 1;
    return [{ ...base, effect: excess, pValue: Math.max(pValue, naturalP) }];
  });
}

const MEAN_KINDS: readonly FeatureKind[] = ['rate', 'share', 'deviation', 'score'];

/** The reference's last four weeks under the name of the comparison, without natural variation: these are the same days. */
function onSameDays<T extends { windows: Record<string, unknown>; natural: Naturals }>(
  features: Record<string, T>,
): Record<string, T> {
  const kept = Object.entries(features).flatMap(([name, feature]) => {
    const window = feature.windows[SAME_DAYS_WINDOW];
    return window === undefined ? [] : [[name, { ...feature, windows: { [SAME_DAYS]: window }, natural: {} }] as const];
  });
  return Object.fromEntries(kept) as Record<string, T>;
}

/** Measures of which only the window that ends with the reference's last day counts. */
export function sameDaysOnly<M extends Measures>(measures: M): M {
  const { means, stratified, mixes } = measures;
  return { ...measures, means: onSameDays(means), stratified: onSameDays(stratified), mixes: onSameDays(mixes) };
}

/** @param current measured on the reference's mapping; @param shared share of clients that both versions have */
export function compareMeasures(reference: Measures, current: Measures, shared: number): FeatureComparison[] {
  return FEATURE_NAMES.flatMap((name) => {
    const feature: DriftFeature = DRIFT_FEATURES[name];
    const found = supportedByShorter(compareFeature(name, feature, reference, current, shared));
    return found
      .filter(({ window }) => feature.windows?.includes(window) ?? true)
      .map((comparison) =>
        comparison.window === SHORTEST ? { ...comparison, smallest: WEEK_CAUTION * comparison.smallest } : comparison,
      );
  });
}

/** A change of a window counts up to this many times what the next shorter window shows. */
const SUPPORT = 2;

/**
 * What has changed is still so at the end. If only the longer window differs, it is the reference that changed within its
 * own window, shortly before it was trained on: its past disappears from the window as time goes on, which is no drift.
 */
function supportedByShorter(comparisons: readonly FeatureComparison[]): FeatureComparison[] {
  const supported = new Map<string, FeatureComparison>();
  let shorter: FeatureComparison | undefined;
  for (const window of WINDOWS.map(String)) {
    const found = comparisons.find((comparison) => comparison.window === window);
    if (!found) continue;
    let effect = found.effect;
    if (shorter) {
      const agrees = Math.sign(shorter.effect) === Math.sign(found.effect);
      effect = agrees ? Math.sign(effect) * Math.min(Math.abs(effect), SUPPORT * Math.abs(shorter.effect)) : 0;
    }
    shorter = { ...found, effect };
    supported.set(window, shorter);
  }
  return comparisons.map((comparison) => supported.get(comparison.window) ?? comparison);
}

function compareFeature(
  name: string,
  feature: DriftFeature,
  reference: Measures,
  current: Measures,
  shared: number,
): FeatureComparison[] {
  const strata = [reference.stratified[name], current.stratified[name]] as const;
  if (feature.kind === 'loss' && shared < SHARED_FOR_TASTE) return [];
  if (strata[0] && strata[1]) return compareStratified(name, feature, strata[0], strata[1]);
  const means = [reference.means[name], current.means[name]] as const;
  if (means[0] && means[1] && MEAN_KINDS.includes(feature.kind))
    return compareMean(name, feature, means[0], means[1], shared);
  const mixes = [reference.mixes[name], current.mixes[name]] as const;
  return mixes[0] && mixes[1] ? compareMix(name, feature, mixes[0], mixes[1], shared) : [];
}
