/** THE LIST of features that drift is judged on, with the smallest change of each that is declared to be found. */
import { SAME_DAYS } from './windows.ts';

/**
 * How a change is measured:
 * - `score`: shift of the mean in the reference's standard deviations, over normal scores of ordered levels;
 * - `share`: difference of two shares, in points (0..1);
 * - `rate`: log of the ratio of two rates, over the standard deviation of the clients' log-rates;
 * - `deviation`: difference of two means in the reference's standard deviations;
 * - `loss`: relative change;
 * - `mix`: total variation of two mixes over the categories that the reference knows.
 */
export type FeatureKind = 'score' | 'share' | 'rate' | 'deviation' | 'loss' | 'mix';

export interface DriftFeature {
  readonly kind: FeatureKind;
  /** Smallest change declared to be found; the verdict's threshold is half of it. */
  readonly smallest: number;
  /** What it is, for readers of the report. */
  readonly description: string;
  /** Distribution that PSI and the like are shown for. */
  readonly distribution?: string;
  /**
   * Windows that count, if not all: a mix of brands or goods follows the offers of the week, and how often brands are
   * bought again follows how much was bought before the window.
   */
  readonly windows?: readonly string[];
  /** Smallest change in windows of different days, where offers of the time change the mix without any drift. */
  readonly smallestOfOtherDays?: number;
}

const LONG_WINDOWS = ['28', SAME_DAYS];
/** Four weeks of other offers move a mix of brands by this much, and more, beyond what earlier weeks let expect. */
const MIX_OF_OTHER_DAYS = 0.4;

/** Declared: a mean moved by 0.3 standard deviations, a share by 5 points, a mix by 10%. */
const MEAN = 0.3;
const SHARE = 0.05;
const MIX = 0.1;
/** A fifth of what earlier choices told about new ones. */
const TASTE = 0.2;

export const DRIFT_FEATURES = {
  amount: { kind: 'score', smallest: MEAN, description: 'Level of amounts', distribution: 'amount_levels' },
  amount_spread: {
    kind: 'score',
    smallest: MEAN,
    description: 'Spread of amount levels',
    distribution: 'amount_levels',
  },
  online_share: { kind: 'share', smallest: SHARE, description: 'Share of online purchases' },
  frequency: { kind: 'rate', smallest: MEAN, description: 'Purchases per regular client' },
  purchases_per_active_day: {
    kind: 'deviation',
    smallest: MEAN,
    description: 'Purchases per day on which a client buys',
  },
  repeat_share: {
    kind: 'share',
    smallest: SHARE,
    description: 'Share of purchases at brands bought four weeks before',
    windows: [SAME_DAYS],
  },
  brand_mix: {
    kind: 'mix',
    smallest: MIX,
    description: 'Mix of brands that the reference knows',
    distribution: 'brand_mix',
    windows: LONG_WINDOWS,
    smallestOfOtherDays: MIX_OF_OTHER_DAYS,
  },
  taste: {
    kind: 'loss',
    smallest: TASTE,
    description: 'How far clients still choose new brands that go with those they had',
  },
  taste_by_client_type: {
    kind: 'loss',
    smallest: 0.5,
    description: 'How far clients of a type still choose the brands that their type chose',
  },
  receipt_cost: {
    kind: 'score',
    smallest: MEAN,
    description: 'Cost level of receipts',
    distribution: 'receipt_cost_levels',
  },
  receipt_items: {
    kind: 'score',
    smallest: MEAN,
    description: 'Number of items in receipts',
    distribution: 'receipt_items_levels',
  },
  receipt_categories: {
    kind: 'mix',
    smallest: MIX,
    description: 'Mix of receipt categories',
    distribution: 'receipt_categories',
    windows: LONG_WINDOWS,
    smallestOfOtherDays: MIX_OF_OTHER_DAYS,
  },
  segment: { kind: 'mix', smallest: MIX, description: 'Mix of segments over clients', distribution: 'segment' },
  region_size: {
    kind: 'mix',
    smallest: MIX,
    description: 'Mix of town sizes over clients',
    distribution: 'region_size',
  },
  vip_status: { kind: 'mix', smallest: MIX, description: 'Mix of VIP status over clients', distribution: 'vip_status' },
  gender: { kind: 'mix', smallest: SHARE, description: 'Mix of genders over clients', distribution: 'gender' },
  region: { kind: 'mix', smallest: MIX, description: 'Mix of known regions over clients', distribution: 'region' },
  age: { kind: 'score', smallest: MEAN, description: 'Age of clients', distribution: 'age_levels' },
  auto: { kind: 'mix', smallest: SHARE, description: 'Share of car owners', distribution: 'auto' },
  traveler: { kind: 'mix', smallest: SHARE, description: 'Share of travellers', distribution: 'traveler' },
  entrepreneur: { kind: 'mix', smallest: SHARE, description: 'Share of entrepreneurs', distribution: 'entrepreneur' },
  products: { kind: 'mix', smallest: MIX, description: 'Mix of products over accounts', distribution: 'products' },
  account_status: { kind: 'mix', smallest: MIX, description: 'Mix of account status', distribution: 'account_status' },
  activation_rate: { kind: 'share', smallest: 0.2, description: 'Activations per offer seen' },
} as const satisfies Record<string, DriftFeature>;

export type FeatureName = keyof typeof DRIFT_FEATURES;
export const FEATURE_NAMES = Object.keys(DRIFT_FEATURES) as FeatureName[];
