/** What a user's attributes have to do with the log hazard of a first purchase at a brand. */
import type { ViewTaste } from './taste.ts';

export interface TasteParts {
  /**
   * Part of a user's log hazard that an attribute's value brings, about the mean of all users; 0 for what tastes do not depend on.
   * To first order: a user's vector is drawn to the mean of those alike by as much as its own purchases leave open, the
   * posterior's covariance over the prior's variance.
   * @param attribute position in the world's attributes. @param code of its value.
   */
  part(attribute: number, code: number, user: number): number;
}

/**
 * Found out when the first part is asked for: training asks thousands of brands for scores, and none for reasons.
 * @param item position among the modelled brands, or -1: then no attribute matters.
 */
export function tasteParts(taste: ViewTaste, item: number): TasteParts {
  let known: TasteParts['part'] | undefined;
  return {
    part: (attribute, code, user) => {
      known ??= item < 0 ? () => 0 : partsOf(taste, item);
      return known(attribute, code, user);
    },
  };
}

function partsOf({ data, model, params, place }: ViewTaste, item: number): TasteParts['part'] {
  const width = model.factors + 1;
  const { scale, shape } = model.spread;
  // How the log hazard moves with the mean that a user of scale 1 is drawn to: activity gives way as taste moves.
  const slope = new Float64Array(width);
  for (let l = 1; l < width; l++) {
    slope[l] = shape[l];
    for (let k = 1; k < width; k++) slope[l] += model.items[item * width + k] * shape[k * width + l];
    slope[l] /= params.userVariance;
  }
  const leanings = model.attributeEffects.map((effects, at) => {
    const { codes, size } = data.attributes[at];
    const leaning = new Float64Array(size);
    for (let v = 0; v < size; v++) for (let l = 1; l < width; l++) leaning[v] += slope[l] * effects[v * width + l];
    return aboutMean(leaning, codes);
  });
  const { items } = data.interactions;
  const places = place < 0 ? 0 : data.attributes[place].size;
  const lifts = aboutMean(
    Float64Array.from({ length: places }, (_, v) => model.offsets[v * items + item]),
    data.group,
  );
  return (attribute, code, user) =>
    (leanings[attribute] ? scale[user] * leanings[attribute][code] : 0) + (attribute === place ? lifts[code] : 0);
}

/** Values by code, less their mean over users. */
function aboutMean(values: Float64Array, codes: Uint16Array): Float64Array {
  if (values.length === 0 || codes.length === 0) return values;
  let sum = 0;
  for (const code of codes) sum += values[code];
  return values.map((value) => value - sum / codes.length);
}
