/** A snapshot's features on the scales of a mapping (its own or a reference's). */
import { clusteredRatio } from '@kindred/ml/drift/clustered-ratio.ts';
import { normalScores, scoreMoments, scoresOnScale } from '@kindred/ml/drift/normal-scores.ts';
import { firstPurchases } from './by-client.ts';
import type { Mapping, MeanFeature, Measures, Scale, StratifiedFeature } from './drift-profile.ts';
import { ageLevels, ownMapping } from './mapping.ts';
import {
  activationRate,
  frequency,
  meanFeature,
  purchasesPerActiveDay,
  repeatShare,
  stratifiedFeature,
} from './measure-means.ts';
import { eventMix, stateMix } from './measure-mixes.ts';
import { daysBetween, type RecentPart, recentPart } from './recent-part.ts';
import { ATTRIBUTE_NAMES, type Events, type Levelled, type Snapshot } from './snapshot.ts';
import { brandAffinities } from './taste.ts';
import { typePreferences } from './taste-of-types.ts';
import { ALL, learningAge, SAME_DAYS_WINDOW } from './windows.ts';

const deviationOf = (scale: Scale) => scoreMoments(normalScores(scale.counts), scale.counts).deviation;

/** Stratum of each row: the place of its label among the mapping's, -1 for all others. */
function strataOf<T>(
  known: readonly T[],
  labels: ArrayLike<T>,
  codes: Int32Array,
): { strata: Int32Array; count: number } {
  const place = new Map(known.map((label, index) => [label, index]));
  const ofCode = Array.from(labels, (label) => place.get(label) ?? -1);
  return { strata: codes.map((code) => (code < 0 ? -1 : ofCode[code])), count: known.length };
}

/** Mean of the levels' normal scores; with `power` 2 of their squares, which tells of the spread. */
function scored(
  snapshot: Snapshot,
  events: Events,
  { levels, codes }: Levelled,
  scale: Scale | undefined,
  { strata, count }: ReturnType<typeof strataOf>,
  power: 1 | 2 = 1,
): StratifiedFeature | undefined {
  if (!scale || scale.levels.length < 2) return undefined;
  const scores = scoresOnScale(levels, scale.levels, scale.counts).map((score) => score ** power);
  const values = Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : scores[code]));
  const { deviation } = scoreMoments(
    normalScores(scale.counts).map((score) => score ** power),
    scale.counts,
  );
  return stratifiedFeature(snapshot, events, values, strata, count, deviation);
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

/**
 * What is measured on the scales of a mapping. @param affinities of the snapshot's transactions (taste.ts)
 * @param learned days, counted back, that tastes were not learned from
 */
function measureMapped(snapshot: Snapshot, mapping: Mapping, affinities: Float64Array, learned: number) {
  const { scales, strata, types } = mapping;
  const { transactions: tx, receipts } = snapshot;
  const brands = strataOf(strata.brands, snapshot.brandIds, tx.brand);
  const categories = strataOf(strata.categories, receipts.category.labels, receipts.category.codes);
  const online = Float64Array.from(tx.online, (flag) => (flag < 0 ? Number.NaN : flag));
  const byBrand = (values: Float64Array, natureDays?: number) =>
    stratifiedFeature(snapshot, tx, values, brands.strata, brands.count, 1, natureDays);
  return {
    age: ageFeature(snapshot, scales.age),
    stratified: present({
      amount: scored(snapshot, tx, tx.amount, scales.amount, brands),
      amount_spread: scored(snapshot, tx, tx.amount, scales.amount, brands, 2),
      online_share: byBrand(online),
      taste: byBrand(affinities, learned),
      taste_by_client_type: byBrand(typePreferences(snapshot, types), learned),
      receipt_cost: scored(snapshot, receipts, receipts.cost, scales.receipt_cost, categories),
      receipt_items: scored(snapshot, receipts, receipts.items, scales.receipt_items, categories),
    }),
  };
}

/** Rates, and mixes over rows, which are matched by their labels later: they need no mapping. */
function measureEvents(snapshot: Snapshot, topBrands: readonly number[]): Pick<Measures, 'means' | 'mixes'> {
  const { transactions: tx, receipts } = snapshot;
  const brands = strataOf(topBrands, snapshot.brandIds, tx.brand);
  const levels = (events: Events, data: Levelled) => eventMix(snapshot, data.levels.map(String), events, data.codes);
  return {
    means: present({
      frequency: frequency(snapshot),
      purchases_per_active_day: purchasesPerActiveDay(snapshot),
      repeat_share: repeatShare(snapshot),
    }),
    mixes: present({
      amount_levels: levels(tx, tx.amount),
      brand_mix: eventMix(snapshot, topBrands.map(String), tx, brands.strata),
      receipt_cost_levels: levels(receipts, receipts.cost),
      receipt_items_levels: levels(receipts, receipts.items),
      receipt_categories: eventMix(snapshot, receipts.category.labels, receipts, receipts.category.codes),
    }),
  };
}

/** What clients and accounts are, whatever the day. */
function measureStates(snapshot: Snapshot): Pick<Measures, 'means' | 'mixes'> {
  const { clients, products, accountStatus } = snapshot;
  const everyone = Int32Array.from({ length: clients }, (_, u) => u);
  const ages = ageLevels(snapshot.age);
  const attributes = ATTRIBUTE_NAMES.map((name) => {
    const { labels, codes } = snapshot.attributes[name];
    return [name, stateMix(clients, labels, everyone, codes)] as const;
  });
  return {
    means: present({ activation_rate: activationRate(snapshot) }),
    mixes: present({
      ...Object.fromEntries(attributes),
      age_levels: stateMix(clients, ages.levels.map(String), everyone, ages.codes),
      products: stateMix(clients, products.labels, products.client, products.codes),
      account_status: stateMix(clients, accountStatus.labels, accountStatus.client, accountStatus.codes),
    }),
  };
}

function joined(
  parts: readonly Pick<Measures, 'means' | 'mixes'>[],
  mapped: ReturnType<typeof measureMapped>,
): Measures {
  return {
    means: Object.assign({}, ...parts.map(({ means }) => means), mapped.age ? { age: mapped.age } : {}),
    mixes: Object.assign({}, ...parts.map(({ mixes }) => mixes)),
    stratified: mapped.stratified,
  };
}

export interface MeasuredVersion {
  readonly mapping: Mapping;
  /** On its own scales: what the profile keeps. */
  readonly own: Measures;
  /** On the reference's scales, in windows before its own last day. */
  readonly latest: Measures | undefined;
  /** On the reference's scales, in windows before the reference's last day, if the version has those days. */
  readonly sameDays: Measures | undefined;
}

/** @param reference the mapping and the last day of the version to compare with */
export function measure(snapshot: Snapshot, reference?: { mapping: Mapping; last: string }): MeasuredVersion {
  const first = firstPurchases(snapshot);
  const mapping = ownMapping(snapshot, first);
  const learned = learningAge(snapshot.days);
  const unmapped = [measureEvents(snapshot, mapping.strata.brands), measureStates(snapshot)];
  const ownAffinities = brandAffinities(snapshot, first, mapping.pairs, (age) => age < learned);
  const own = joined(unmapped, measureMapped(snapshot, mapping, ownAffinities, learned));
  if (!reference) return { mapping, own, latest: undefined, sameDays: undefined };

  const newer = daysBetween(reference.last, snapshot.last);
  const hasSameDays = newer >= 0 && snapshot.days - newer >= SAME_DAYS_WINDOW;
  const inWindow = (age: number) => age >= 0 && age < SAME_DAYS_WINDOW;
  const affinities = brandAffinities(
    snapshot,
    first,
    reference.mapping.pairs,
    (age) => inWindow(age) || (hasSameDays && inWindow(age - newer)),
  );
  const mapped = ({ snapshot: part, rows }: RecentPart) =>
    measureMapped(
      part,
      reference.mapping,
      Float64Array.from(rows, (row) => affinities[row]),
      0,
    );
  const latest = joined(unmapped, mapped(recentPart(snapshot, 0)));
  if (!hasSameDays) return { mapping, own, latest, sameDays: undefined };
  if (newer === 0) return { mapping, own, latest, sameDays: latest };
  const then = recentPart(snapshot, newer);
  return {
    mapping,
    own,
    latest,
    sameDays: joined([measureEvents(then.snapshot, mapping.strata.brands)], mapped(then)),
  };
}
