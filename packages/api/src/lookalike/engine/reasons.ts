/**
 * Why these users: exact additive attribution (tree SHAP) of the ranker's scores, averaged over the audience. What comes of a
 * profile attribute, by its lift or by way of taste, is reported as the attribute's value (`segment=u_02`) that brought the most, with the mean impact of
 * the members who have it, weighted by their share.
 */
import type { GradientBoostingModel } from '@kindred/ml/boosting/model.ts';
import { FEATURE_NAMES, FEATURES, type FeatureSource, fillRows, PROFILE } from './features.ts';
import { rowContributions, START } from './ranker.ts';

export interface Reason {
  readonly feature: string;
  /** In units of the ranker's raw score (log odds before calibration), per member of the audience. */
  readonly impact: number;
}

/** Members that are explained; more would not change the picture and each costs a pass over all trees. */
const EXPLAINED = 50;
const LISTED = 20;

/** Position in PROFILE of each feature that is an attribute's lift. */
const profileAt = new Map<number, number>(PROFILE.map((name, at) => [FEATURE_NAMES.indexOf(`${name}_lift`), at]));

/**
 * Contribution of every feature to one member's score; the last entry is the base value, and all add up to the score. What the
 * taste owes to an attribute of the member counts as the attribute's, not as taste.
 */
export function contributions(boosting: GradientBoostingModel, source: FeatureSource, user: number): Float64Array {
  const row = new Float32Array(FEATURES.length);
  fillRows(source, Int32Array.of(user), row);
  const parts = rowContributions(boosting, row);
  const { view, affinity } = source;
  for (const [feature, at] of profileAt) {
    const part = affinity.taste.part(at, view.profile[at].codes[user], user);
    parts[START] -= part;
    parts[feature] += part;
  }
  return parts;
}

/** The name under which a feature of this user is reported: a profile lift by its value, all else by its own name. */
export function reasonName(source: FeatureSource, feature: number, user: number): string {
  const at = profileAt.get(feature);
  if (at === undefined) return FEATURES[feature].name;
  const { values, codes } = source.view.profile[at];
  return values[codes[user]] === '' ? `${PROFILE[at]}=unknown` : `${PROFILE[at]}=${values[codes[user]]}`;
}

export function audienceReasons(boosting: GradientBoostingModel, source: FeatureSource, users: Int32Array): Reason[] {
  const members = users.subarray(0, EXPLAINED);
  const byFeature = FEATURES.map(() => new Map<string, number>());
  for (const user of members) {
    const parts = contributions(boosting, source, user);
    for (let f = 0; f < FEATURES.length; f++) {
      const name = reasonName(source, f, user);
      byFeature[f].set(name, (byFeature[f].get(name) ?? 0) + parts[f]);
    }
  }
  const reasons: Reason[] = [];
  for (const [f, values] of byFeature.entries()) {
    // What all clients share is no reason to prefer these.
    if (FEATURES[f].ofOffer) continue;
    for (const [feature, sum] of values) reasons.push({ feature, impact: sum / Math.max(members.length, 1) });
  }
  reasons.sort((a, b) => Math.abs(b.impact) - Math.abs(a.impact) || (a.feature < b.feature ? -1 : 1));
  return reasons.slice(0, LISTED).map(({ feature, impact }) => ({ feature, impact: Number(impact.toFixed(6)) }));
}
