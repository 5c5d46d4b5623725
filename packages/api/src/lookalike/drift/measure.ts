/** A snapshot's features on the scales of a mapping (its own or a reference's). */
import { clusteredRatio } from '@kindred/ml/drift/clustered-ratio.ts';
import { normalScores, scoreMoments, scoresOnScale } from '@kindred/ml/drift/normal-scores.ts';
import type { Mapping, MeanFeature, Measures, Scale, StratifiedFeature } from './drift-profile.ts';
import { ageLevels } from './mapping.ts';
import {
  activationRate,
  frequency,
  meanFeature,
  purchasesPerActiveDay,
  repeatShare,
  stratifiedFeature,
} from './measure-means.ts';
import { eventMix, stateMix } from './measure-mixes.ts';
import { ATTRIBUTE_NAMES, type Events, type Levelled, type Snapshot } from './snapshot.ts';
import { preferences } from './taste.ts';
import { ALL } from './windows.ts';

const deviationOf = (scale: Scale) => scoreMoments(normalScores(scale.counts), scale.counts).deviation;

/** Stratum of each row: the place of its label among the mapping's, the last one for all others. */
function strataOf<T>(
  known: readonly T[],
  labels: ArrayLike<T>,
  codes: Int32Array,
): { strata: Int32Array; count: number } {
  const place = new Map(known.map((label, index) => [label, index]));
  const ofCode = Array.from(labels, (label) => place.get(label) ?? known.length);
  return { strata: codes.map((code) => (code < 0 ? known.length : ofCode[code])), count: known.length + 1 };
}

function scored(
  snapshot: Snapshot,
  events: Events,
  { levels, codes }: Levelled,
  scale: Scale | undefined,
  { strata, count }: ReturnType<typeof strataOf>,
): StratifiedFeature | undefined {
  if (!scale || scale.levels.length < 2) return undefined;
  const scores = scoresOnScale(levels, scale.levels, scale.counts);
  const values = Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : scores[code]));
  return stratifiedFeature(snapshot, events, values, strata, count, deviationOf(scale));
}

function ageFeature(snapshot: Snapshot, scale: Scale | undefined): MeanFeature | undefined {
  if (!scale || scale.levels.length < 2) return undefined;
  const { levels, codes } = ageLevels(snapshot.age);
  const scores = scoresOnScale(levels, scale.levels, scale.counts);
  const sums = {
    y: Float64Array.from(codes, (code) => (code < 0 ? 0 : scores[code])),
    n: Float64Array.from(codes, (code) => (code < 0 ? 0 : 1)),
  };
  return meanFeature(deviationOf(scale), [[ALL, clusteredRatio(sums, sums)]]);
}

function present<T>(features: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(Object.entries(features).filter((entry): entry is [string, T] => entry[1] !== undefined));
}

export function measure(snapshot: Snapshot, mapping: Mapping): Measures {
  const { scales, strata, taste } = mapping;
  const { transactions: tx, receipts, clients, days } = snapshot;
  const brands = strataOf(strata.brands, snapshot.brandIds, tx.brand);
  const categories = strataOf(strata.categories, receipts.category.labels, receipts.category.codes);
  const online = Float64Array.from(tx.online, (flag) => (flag < 0 ? Number.NaN : flag));
  const everyone = Int32Array.from({ length: clients }, (_, u) => u);
  const ages = ageLevels(snapshot.age);
  const attributes = ATTRIBUTE_NAMES.map((name) => {
    const { labels, codes } = snapshot.attributes[name];
    return [name, stateMix(clients, labels, everyone, codes)] as const;
  });
  const levels = (events: Events, data: Levelled) =>
    eventMix(days, clients, data.levels.map(String), events, data.codes);
  const { products, accountStatus } = snapshot;
  return {
    means: present({
      frequency: frequency(snapshot),
      purchases_per_active_day: purchasesPerActiveDay(snapshot),
      repeat_share: repeatShare(snapshot),
      age: ageFeature(snapshot, scales.age),
      activation_rate: activationRate(snapshot),
    }),
    stratified: present({
      amount: scored(snapshot, tx, tx.amount, scales.amount, brands),
      online_share: stratifiedFeature(snapshot, tx, online, brands.strata, brands.count, 1),
      taste_by_client_type: stratifiedFeature(
        snapshot,
        tx,
        preferences(snapshot, taste),
        brands.strata,
        brands.count,
        1,
      ),
      receipt_cost: scored(snapshot, receipts, receipts.cost, scales.receipt_cost, categories),
      receipt_items: scored(snapshot, receipts, receipts.items, scales.receipt_items, categories),
    }),
    mixes: present({
      amount_levels: levels(tx, tx.amount),
      brand_mix: eventMix(
        days,
        clients,
        strata.brands.map(String),
        tx,
        brands.strata.map((stratum) => (stratum < strata.brands.length ? stratum : -1)),
      ),
      receipt_cost_levels: levels(receipts, receipts.cost),
      receipt_items_levels: levels(receipts, receipts.items),
      receipt_categories: eventMix(days, clients, receipts.category.labels, receipts, receipts.category.codes),
      ...Object.fromEntries(attributes),
      age_levels: stateMix(clients, ages.levels.map(String), everyone, ages.codes),
      products: stateMix(clients, products.labels, products.client, products.codes),
      account_status: stateMix(clients, accountStatus.labels, accountStatus.client, accountStatus.codes),
    }),
  };
}
