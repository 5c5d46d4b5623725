/** `drift.json`: the verdict with all that led to it. */
import { type DriftVerdict, driftVerdict, type JudgedComparison } from '@kindred/ml/drift/verdict.ts';
import type { Json } from '../../pipelines/stage.ts';
import { sharedClients } from './client-sketch.ts';
import { compareMeasures, type FeatureComparison, sameDaysOnly } from './compare.ts';
import type { DriftProfile, Measures } from './drift-profile.ts';
import { DRIFT_FEATURES, type DriftFeature, FEATURE_NAMES } from './features.ts';
import { driftStatistics } from './statistics.ts';
import { ALL, SAME_DAYS } from './windows.ts';

/** What the simulated pairs of `pnpm bench drift` are held to; printed there beside the rates measured. */
export const STATED_RATES = { false_alarms: 0.02, found_at_smallest_size: 0.95 } as const;

export interface DriftOutcome {
  readonly verdict: DriftVerdict;
  readonly report: { [key: string]: Json };
}

const ORDERED = new Set<string>(['amount_levels', 'receipt_cost_levels', 'receipt_items_levels', 'age_levels']);

/** The window in which a feature changed most. */
function strongest(comparisons: readonly (JudgedComparison & FeatureComparison)[]) {
  return comparisons.toSorted((a, b) => b.score - a.score)[0];
}

function windowText(window: string): string {
  if (window === ALL) return 'over the whole snapshot';
  return window === SAME_DAYS ? "over the reference's last four weeks" : `in the last ${window} days`;
}

function sentence(drifted: readonly (JudgedComparison & FeatureComparison)[]): string {
  if (drifted.length === 0) return 'No feature changed beyond noise and beyond half of the smallest size declared.';
  const parts = drifted.slice(0, 3).map(({ feature, effect, window }) => {
    const { description, kind } = DRIFT_FEATURES[feature as keyof typeof DRIFT_FEATURES];
    const size =
      kind === 'mix' || kind === 'share'
        ? `${(100 * effect).toFixed(1)} points`
        : kind === 'loss'
          ? `${(100 * effect).toFixed(0)}%`
          : `${effect.toFixed(2)} standard deviations`;
    return `${description.toLowerCase()} by ${size} ${windowText(window)}`;
  });
  const more = drifted.length > 3 ? ` and ${drifted.length - 3} more` : '';
  return `Drift: ${parts.join(', ')}${more}.`;
}

/**
 * @param latest the version in windows before its own last day @param sameDays in windows before the reference's last day,
 * where it has those days; both on the reference's mapping
 */
export function driftOutcome(
  reference: DriftProfile,
  latest: Measures,
  sameDays: Measures | undefined,
  sketch: readonly number[],
): DriftOutcome {
  const shared = sharedClients(reference.sketch, sketch);
  const then = sameDays && { reference: sameDaysOnly(reference), current: sameDaysOnly(sameDays) };
  const comparisons = [
    ...compareMeasures(reference, latest, shared),
    ...(then ? compareMeasures(then.reference, then.current, shared) : []),
  ];
  const verdict = driftVerdict(comparisons);
  const judged = verdict.comparisons as readonly (JudgedComparison & FeatureComparison)[];
  const features = FEATURE_NAMES.flatMap((name) => {
    const own = judged.filter(({ feature }) => feature === name);
    const top = strongest(own);
    if (!top) return [];
    const feature: DriftFeature = DRIFT_FEATURES[name];
    const [from, to] = top.window === SAME_DAYS && then ? [then.reference, then.current] : [reference, latest];
    const before = feature.distribution ? from.mixes[feature.distribution] : undefined;
    const now = feature.distribution ? to.mixes[feature.distribution] : undefined;
    const statistics =
      before && now && driftStatistics(before, now, top.window, ORDERED.has(feature.distribution ?? ''));
    return [
      {
        feature: name,
        description: feature.description,
        kind: feature.kind,
        window: top.window,
        reference: top.reference,
        current: top.current,
        effect_size: top.effect,
        threshold: top.threshold,
        smallest_declared: top.smallest,
        p_value: top.pValue,
        adjusted_p_value: top.adjustedP,
        drifted: own.some(({ drifted }) => drifted),
        score: top.score,
        statistics: statistics ?? null,
        windows: own.map(({ window, effect, pValue, drifted }) => ({
          window,
          effect_size: effect,
          p_value: pValue,
          drifted,
        })),
      },
    ];
  });
  const drifted = features.filter((feature) => feature.drifted).map(({ feature }) => feature);
  const leading = judged.filter(({ drifted: is }) => is).toSorted((a, b) => b.score - a.score);
  const first = leading.filter((item, index) => leading.findIndex(({ feature }) => feature === item.feature) === index);
  return {
    verdict,
    report: {
      drift_detected: verdict.drifted,
      drift_score: verdict.score,
      verdict: sentence(first),
      reference_version: reference.version,
      shared_clients: shared,
      drifted_features: drifted,
      stated_rates: { ...STATED_RATES },
      features: features as unknown as Json,
    },
  };
}
