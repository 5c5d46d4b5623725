/** What would happen to one user's score if an attribute were another: for explanations, and for "what would bring them in". */
import type { GradientBoostingModel } from '@kindred/ml/boosting/model.ts';
import { predictRows } from '@kindred/ml/boosting/predict.ts';
import { FEATURES, type FeatureSource, fillRows, PROFILE } from './features.ts';
import type { UserView } from './user-view.ts';

/** The source with some of one user's attributes replaced; unknown attributes or values are left as they are. */
export function withChanges(
  source: FeatureSource,
  user: number,
  changes: Readonly<Record<string, string>>,
): FeatureSource {
  const profile = source.view.profile.map((attribute, at) => {
    const value = changes[PROFILE[at]];
    const code = value === undefined ? -1 : attribute.values.indexOf(value);
    if (code < 0) return attribute;
    const codes = attribute.codes.slice();
    codes[user] = code;
    return { ...attribute, codes };
  });
  const view: UserView = { ...source.view, profile, numeric: withNumbers(source.view, user, changes) };
  return { ...source, view };
}

/** A numeric feature may be changed too: by a number, or by the bin of its profile. */
function withNumbers(view: UserView, user: number, changes: Readonly<Record<string, string>>): UserView['numeric'] {
  const numeric = { ...view.numeric };
  for (const name of Object.keys(numeric) as (keyof typeof numeric)[]) {
    const change = name === 'age' ? (changes.age ?? changes.age_bucket) : changes[name];
    const value = change === undefined ? Number.NaN : Number(change.replace(/^>=/, ''));
    if (Number.isNaN(value)) continue;
    const column = numeric[name].slice();
    column[user] = value;
    numeric[name] = column;
  }
  return numeric;
}

export interface Counterfactual {
  readonly attribute: string;
  readonly from: string;
  readonly to: string;
  readonly rawScore: number;
}

/** The single attribute change with the smallest effect that crosses the threshold; null where no single one does. */
export function counterfactual(
  boosting: GradientBoostingModel,
  source: FeatureSource,
  user: number,
  threshold: number,
): Counterfactual | null {
  const now = rawScore(boosting, source, user);
  const inside = now >= threshold;
  let best: Counterfactual | null = null;
  for (let at = 0; at < PROFILE.length; at++) {
    const attribute = PROFILE[at];
    const { values, codes } = source.view.profile[at];
    for (let code = 1; code < values.length; code++) {
      if (code === codes[user]) continue;
      const score = rawScore(boosting, withChanges(source, user, { [attribute]: values[code] }), user);
      if (score >= threshold === inside) continue;
      if (!best || Math.abs(score - now) < Math.abs(best.rawScore - now)) {
        best = { attribute, from: values[codes[user]], to: values[code], rawScore: score };
      }
    }
  }
  return best;
}

function rawScore(boosting: GradientBoostingModel, source: FeatureSource, user: number): number {
  const row = new Float32Array(FEATURES.length);
  fillRows(source, Int32Array.of(user), row);
  const out = new Float64Array(1);
  predictRows(boosting, row, 1, out);
  return out[0];
}
