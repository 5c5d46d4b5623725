/**
 * The features of the ranker: THE LIST. Each row is a (user, offer) pair seen from the day the offer starts. `monotone`
 * says that a higher value may only raise the score: a promise that reasons and counterfactuals rest on.
 */
import type { BrandAffinity } from './brand-affinity.ts';
import type { UserView } from './user-view.ts';

export interface OfferTerms {
  /** Days the offer runs, both ends included, at most 60. */
  readonly days: number;
  /** Minimum cheque, 0 where there is none. */
  readonly cheque: number;
}

/** What a question says of the offer. */
export const termsOf = ({ start, end, cheque }: { start: number; end: number; cheque: number }): OfferTerms => ({
  days: Math.max(1, Math.min(end - start + 1, MAX_DAYS)),
  cheque,
});

const MAX_DAYS = 60;

export interface FeatureSource {
  readonly view: UserView;
  readonly affinity: BrandAffinity;
  readonly offer: OfferTerms;
}

export interface Feature {
  readonly name: string;
  readonly monotone: 0 | 1;
  /** The same for every client of an offer: it sets the level of the scores, not who comes first. */
  readonly ofOffer?: true;
  value(source: FeatureSource, user: number): number;
}

/** Attributes that a brand's profile compares; their lifts are features named after them. */
export const PROFILE = [
  'segment',
  'region',
  'region_size',
  'age_bucket',
  'gender',
  'vip_status',
  'auto',
  'traveler',
  'entrepreneur',
  'products',
  'tx_count_30d',
  'online_share_90d',
  'amount_level_90d',
  'new_brands_30d',
  'activation_rate',
] as const;

const user = (name: keyof UserView['numeric'], monotone: 0 | 1 = 0): Feature => ({
  name,
  monotone,
  value: ({ view }, u) => view.numeric[name][u],
});

const profile = (name: string, index: number): Feature => ({
  name: `${name}_lift`,
  monotone: 1,
  value: ({ view, affinity }, u) => affinity.lifts[index][view.profile[index].codes[u]],
});

/** By how much a user's usual purchase at the brand exceeds the minimum cheque, in logs; NaN where there is no cheque or no amount. */
function chequeGap({ view, affinity, offer }: FeatureSource, user: number): number {
  if (offer.cheque <= 0) return Number.NaN;
  return affinity.amount + view.numeric.amount_deviation_90d[user] - Math.log1p(offer.cheque);
}

/**
 * Log of the chance that a purchase reaches the cheque; 0 without one. Logistic, with the deviation of amounts as its scale: wider than
 * amounts alone are, as what is usual is itself an estimate, and a purchase may be stretched to reach the cheque.
 */
const logReach = (gap: number, spread: number): number =>
  Number.isNaN(gap) ? 0 : -Math.log1p(Math.exp(-gap / spread));

export const FEATURES: readonly Feature[] = [
  { name: 'brand_taste', monotone: 1, value: ({ affinity }, u) => affinity.taste.hazard[u] },
  {
    name: 'brand_taste_at_cheque',
    monotone: 1,
    value: (source, u) => source.affinity.taste.hazard[u] + logReach(chequeGap(source, u), source.view.amountSpread),
  },
  { name: 'brand_share', monotone: 1, value: ({ affinity }, u) => affinity.taste.share[u] },
  { name: 'similar_brands', monotone: 1, value: ({ affinity }, u) => affinity.itemCosine[u] },
  { name: 'similar_brands_lift', monotone: 1, value: ({ affinity }, u) => affinity.itemLift[u] },
  { name: 'closest_brand_lift', monotone: 1, value: ({ affinity }, u) => affinity.bestItemLift[u] },
  ...PROFILE.map(profile),
  {
    name: 'profile_lift',
    monotone: 1,
    value: ({ view, affinity }, u) =>
      affinity.lifts.reduce((sum, lift, at) => sum + lift[view.profile[at].codes[u]], 0),
  },
  { name: 'receipts_lift', monotone: 1, value: ({ affinity }, u) => affinity.receiptLift[u] },
  { name: 'brand_activations', monotone: 1, value: ({ affinity }, u) => affinity.activated[u] },
  user('tx_count_7d'),
  user('tx_count_30d'),
  user('tx_count_90d'),
  user('tx_per_week'),
  user('active_days_30d'),
  user('days_since_last_tx'),
  user('brands_30d'),
  user('brands_per_tx'),
  user('new_brands_30d'),
  user('new_brand_share'),
  user('online_share_90d'),
  user('amount_level_90d'),
  user('amount_deviation_90d'),
  { name: 'cheque_gap', monotone: 1, value: chequeGap },
  user('offers_seen_30d'),
  user('activations_30d'),
  user('activation_rate'),
  user('rewards_90d'),
  user('receipts_30d'),
  user('age'),
  user('accounts_open'),
  user('account_months'),
  { name: 'brand_customers', monotone: 0, ofOffer: true, value: ({ affinity }) => affinity.query.brand_customers },
  { name: 'brand_new_rate', monotone: 0, ofOffer: true, value: ({ affinity }) => affinity.query.brand_new_rate },
  { name: 'brand_repeat', monotone: 0, ofOffer: true, value: ({ affinity }) => affinity.query.brand_repeat },
  { name: 'offer_days', monotone: 0, ofOffer: true, value: ({ offer }) => offer.days },
];

export const FEATURE_NAMES = FEATURES.map(({ name }) => name);

/** Fills a row-major block: rows = users given, columns = FEATURES. */
export function fillRows(source: FeatureSource, users: Int32Array, out: Float32Array): void {
  const width = FEATURES.length;
  for (let f = 0; f < width; f++) {
    const feature = FEATURES[f];
    for (let row = 0; row < users.length; row++) out[row * width + f] = feature.value(source, users[row]);
  }
}
