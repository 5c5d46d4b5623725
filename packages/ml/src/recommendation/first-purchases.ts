import { MlError } from '../errors.ts';
import type { Interactions } from './interactions.ts';

/** Who bought what for the first time, and when: what the first-purchase model is fitted on. */
export interface FirstPurchases {
  /** `weight` is the exposure: the time until the first purchase as a share of the whole observation, above 0 and up to 1. */
  readonly interactions: Interactions;
  /**
   * Group of each user, for example the region, 0 where it is unknown; and the log-offset of each item in each group, groups x
   * items: what a fit starts from. Fits leave none in group 0.
   */
  readonly group: Uint16Array;
  readonly offsets: Float32Array;
  /** Codes of users, below `size`, for each attribute that tells something of their taste; 0 is unknown. */
  readonly attributes: readonly { readonly codes: Uint16Array; readonly size: number }[];
  /** Numbers of users that tell of their activity, one array of users each; NaN is unknown. */
  readonly activity?: readonly Float32Array[];
  /** Words that describe items, by item: token numbers below `count`. */
  readonly tokens?: { readonly offsets: Int32Array; readonly token: Int32Array; readonly count: number };
}

/** @throws MlError SHAPE_MISMATCH where lengths or codes contradict one another; INVALID_INPUT for exposures outside 0..1. */
export function checkFirstPurchases({ interactions, group, offsets, attributes }: FirstPurchases): void {
  const { rows, items, offsets: starts, item, weight } = interactions;
  // Without items there are no offsets to look up, and any group will do.
  const groups = items > 0 ? offsets.length / items : 65536;
  if (starts.length !== rows + 1 || starts[rows] !== item.length || weight.length !== item.length) {
    throw new MlError('SHAPE_MISMATCH', `interactions of ${rows} users do not agree in length`);
  }
  if (group.length !== rows || !Number.isInteger(groups) || group.some((code) => code >= groups)) {
    throw new MlError(
      'SHAPE_MISMATCH',
      `groups of ${rows} users do not fit ${offsets.length} offsets of ${items} items`,
    );
  }
  if (attributes.some(({ codes, size }) => codes.length !== rows || codes.some((code) => code >= size))) {
    throw new MlError('SHAPE_MISMATCH', `attributes of ${rows} users do not fit their sizes`);
  }
  for (let u = 0; u < rows; u++) {
    for (let at = starts[u], last = -1; at < starts[u + 1]; last = item[at++]) {
      if (item[at] <= last || item[at] >= items) {
        throw new MlError('SHAPE_MISMATCH', `items of user ${u} are not ascending from 0 to ${items - 1}`);
      }
    }
  }
  if (!weight.every((share) => share > 0 && share <= 1)) {
    throw new MlError('INVALID_INPUT', 'an exposure is not above 0 and up to 1');
  }
}

/** The same users with some of the items only, numbered in the order of `which`, which is ascending. */
export function selectItems(data: FirstPurchases, which: readonly number[]): FirstPurchases {
  const { rows, items, offsets, item, weight } = data.interactions;
  const place = new Int32Array(items).fill(-1);
  which.forEach((from, to) => {
    place[from] = to;
  });
  const starts = new Int32Array(rows + 1);
  const keptItems = new Int32Array(item.length);
  const keptWeights = new Float32Array(item.length);
  let kept = 0;
  for (let u = 0; u < rows; u++) {
    for (let at = offsets[u]; at < offsets[u + 1]; at++) {
      if (place[item[at]] < 0) continue;
      keptItems[kept] = place[item[at]];
      keptWeights[kept++] = weight[at];
    }
    starts[u + 1] = kept;
  }
  const groups = data.offsets.length / items;
  const groupOffsets = new Float32Array(groups * which.length);
  for (let group = 0; group < groups; group++) {
    for (let to = 0; to < which.length; to++)
      groupOffsets[group * which.length + to] = data.offsets[group * items + which[to]];
  }
  return {
    ...data,
    interactions: {
      rows,
      items: which.length,
      offsets: starts,
      item: keptItems.slice(0, kept),
      weight: keptWeights.slice(0, kept),
    },
    ...(data.tokens ? { tokens: selectTokens(data.tokens, which) } : {}),
    offsets: groupOffsets,
  };
}

function selectTokens({ offsets, token, count }: NonNullable<FirstPurchases['tokens']>, which: readonly number[]) {
  const starts = new Int32Array(which.length + 1);
  const kept: number[] = [];
  which.forEach((item, at) => {
    for (let from = offsets[item]; from < offsets[item + 1]; from++) kept.push(token[from]);
    starts[at + 1] = kept.length;
  });
  return { offsets: starts, token: Int32Array.from(kept), count };
}
