/** A snapshot's features on the scales of a mapping (its own or a reference's). */
import { clusteredRatio } from '@kindred/ml/drift/clustered-ratio.ts';
import { normalScores, scoreMoments, scoresOnScale } from '@kindred/ml/drift/normal-scores.ts';
import { type FirstPurchases, firstPurchases } from './by-client.ts';
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
import { daysBetween, withoutLastDays } from './same-days.ts';
import { ATTRIBUTE_NAMES, type Events, type Levelled, type Snapshot } from './snapshot.ts';
import { brandAffinities } from './taste.ts';
import { typePreferences } from './taste-of-types.ts';
import { ALL, learningAge, SAME_DAYS_WINDOW } from './windows.ts';

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

/** What is measured on the scales of a mapping. */
function measureMapped(
  snapshot: Snapshot,
  first: FirstPurchases,
  mapping: Mapping,
): Pick<Measures, 'stratified'> & { age: MeanFeature | undefined } {
  const { scales, strata, types, pairs } = mapping;
  const { transactions: tx, receipts } = snapshot;
  const brands = strataOf(strata.brands, snapshot.brandIds, tx.brand);
  const categories = strataOf(strata.categories, receipts.category.labels, receipts.category.codes);
  const online = Float64Array.from(tx.online, (flag) => (flag < 0 ? Number.NaN : flag));
  const byBrand = (values: Float64Array, natureFrom?: number) =>
    stratifiedFeature(snapshot, tx, values, brands.strata, brands.count, 1, natureFrom);
  const learned = learningAge(snapshot.days);
  const unprompted = (values: Float64Array) => values.map((value, i) => (tx.offered[i] === 1 ? Number.NaN : value));
  return {
    age: ageFeature(snapshot, scales.age),
    stratified: present({
      amount: scored(snapshot, tx, tx.amount, scales.amount, brands),
      online_share: byBrand(online),
      taste: byBrand(unprompted(brandAffinities(snapshot, first, pairs)), learned),
      taste_by_client_type: byBrand(unprompted(typePreferences(snapshot, types)), learned),
      receipt_cost: scored(snapshot, receipts, receipts.cost, scales.receipt_cost, categories),
      receipt_items: scored(snapshot, receipts, receipts.items, scales.receipt_items, categories),
    }),
  };
}

/** What needs no mapping: rates, and mixes that are matched by their labels later. */
function measureUnmapped(snapshot: Snapshot, topBrands: readonly number[]): Pick<Measures, 'means' | 'mixes'> {
  const { transactions: tx, receipts, clients, days, products, accountStatus } = snapshot;
  const brands = strataOf(topBrands, snapshot.brandIds, tx.brand);
  const everyone = Int32Array.from({ length: clients }, (_, u) => u);
  const ages = ageLevels(snapshot.age);
  const attributes = ATTRIBUTE_NAMES.map((name) => {
    const { labels, codes } = snapshot.attributes[name];
    return [name, stateMix(clients, labels, everyone, codes)] as const;
  });
  const levels = (events: Events, data: Levelled) =>
    eventMix(days, clients, data.levels.map(String), events, data.codes);
  return {
    means: present({
      frequency: frequency(snapshot),
      purchases_per_active_day: purchasesPerActiveDay(snapshot),
      repeat_share: repeatShare(snapshot),
      activation_rate: activationRate(snapshot),
    }),
    mixes: present({
      amount_levels: levels(tx, tx.amount),
      brand_mix: eventMix(
        days,
        clients,
        topBrands.map(String),
        tx,
        brands.strata.map((stratum) => (stratum < topBrands.length ? stratum : -1)),
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

function joined(unmapped: Pick<Measures, 'means' | 'mixes'>, mapped: ReturnType<typeof measureMapped>): Measures {
  const { age, stratified } = mapped;
  return { means: age ? { ...unmapped.means, age } : unmapped.means, mixes: unmapped.mixes, stratified };
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
  const unmapped = measureUnmapped(snapshot, mapping.strata.brands);
  const own = joined(unmapped, measureMapped(snapshot, first, mapping));
  if (!reference) return { mapping, own, latest: undefined, sameDays: undefined };
  const latest = joined(unmapped, measureMapped(snapshot, first, reference.mapping));
  const newer = daysBetween(reference.last, snapshot.last);
  if (newer < 0 || snapshot.days - newer < SAME_DAYS_WINDOW) return { mapping, own, latest, sameDays: undefined };
  if (newer === 0) return { mapping, own, latest, sameDays: latest };
  const then = withoutLastDays(snapshot, newer);
  const mapped = measureMapped(then, firstPurchases(then), reference.mapping);
  return { mapping, own, latest, sameDays: joined(measureUnmapped(then, mapping.strata.brands), mapped) };
}
