/** What would happen to one user's score if an attribute were another: for explanations, and for "what would bring them in". */
import type { GradientBoostingModel } from '@kindred/ml/boosting/model.ts';
import { DomainError } from '../../errors.ts';
import { FEATURES, type FeatureSource, fillRows, PROFILE } from './features.ts';
import { rawScores } from './ranker.ts';
import type { UserView } from './user-view.ts';

/** The source with some of one user's attributes replaced; unknown attributes or values are left as they are. */
export function withChanges(
  source: FeatureSource,
  user: number,
  changes: Readonly<Record<string, string>>,
): FeatureSource {
  const { taste } = source.affinity;
  let moved = 0;
  const profile = source.view.profile.map((attribute, at) => {
    const value = changes[PROFILE[at]];
    const code = value === undefined ? -1 : attribute.values.indexOf(value);
    if (code < 0) return attribute;
    moved += taste.part(at, code, user) - taste.part(at, attribute.codes[user], user);
    const codes = attribute.codes.slice();
    codes[user] = code;
    return { ...attribute, codes };
  });
  const view: UserView = { ...source.view, profile, numeric: withNumbers(source.view, user, changes) };
  if (moved === 0) return { ...source, view };
  const hazard = withOne(taste.hazard, user, moved);
  const share = withOne(taste.share, user, moved);
  return { ...source, view, affinity: { ...source.affinity, taste: { ...taste, hazard, share } } };
}

function withOne(values: Float32Array, user: number, more: number): Float32Array {
  const copy = values.slice();
  copy[user] += more;
  return copy;
}

/** What a message lists of an attribute's values. */
const LISTED_VALUES = 20;

/** @throws DomainError INVALID_INPUT for an attribute that there is not, or a value that nobody has. */
export function requireKnownChanges({ profile, numeric }: UserView, changes: Readonly<Record<string, string>>): void {
  for (const [attribute, value] of Object.entries(changes)) {
    const values = profile[(PROFILE as readonly string[]).indexOf(attribute)]?.values.slice(1);
    const isNumeric = Object.hasOwn(numeric, attribute);
    if (!values && !isNumeric) {
      const names = [...new Set([...PROFILE, ...Object.keys(numeric)])].join(', ');
      throw wrongChange(`There is no attribute ${JSON.stringify(attribute.slice(0, 60))}; there are ${names}`);
    }
    if (values?.includes(value) || (isNumeric && isNumber(value))) continue;
    const listed =
      (values ?? []).slice(0, LISTED_VALUES).join(', ') + ((values?.length ?? 0) > LISTED_VALUES ? ', ...' : '');
    throw wrongChange(
      `${attribute} is never ${JSON.stringify(value.slice(0, 60))}; it is ${[listed, isNumeric ? 'a number' : ''].filter((text) => text !== '').join(', or ')}`,
    );
  }
}

const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text.replace(/^>=/, '')));

function wrongChange(message: string): DomainError {
  return new DomainError('INVALID_INPUT', message, { details: { field: 'changes' } });
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
  return rawScores(boosting, row, 1)[0];
}
