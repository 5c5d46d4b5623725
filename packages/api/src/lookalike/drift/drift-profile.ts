/** The reference that later versions are compared with (`drift-profile.json`): sufficient statistics, no rows. */
import { z } from 'zod';

const natural = z.object({ size: z.number(), spread: z.number(), degrees: z.number() });
/** Natural variation by window; absent where the history is too short. */
const naturals = z.record(z.string(), natural);

const meanEstimate = z.object({ mean: z.number(), variance: z.number(), paired: z.number(), weight: z.number() });
const meanFeature = z.object({
  /** Standard deviation of single rows or clients: the unit of changes. */
  scale: z.number(),
  /** By window (`7`, `14`, `28`), or `all` for what has no calendar. */
  windows: z.record(z.string(), meanEstimate),
  natural: naturals,
});

const strataSums = z.object({ n: z.array(z.number()), sum: z.array(z.number()), square: z.array(z.number()) });
/** A mean over purchases, kept by stratum. */
const stratifiedFeature = z.object({
  scale: z.number(),
  /** Variance of the plain mean with clients drawn, over that with rows drawn. */
  designEffect: z.number(),
  windows: z.record(z.string(), strataSums),
  natural: naturals,
});

const mixEstimate = z.object({
  shares: z.array(z.number()),
  variances: z.array(z.number()),
  paired: z.array(z.number()),
  weight: z.number(),
});
const mixFeature = z.object({
  labels: z.array(z.string()),
  windows: z.record(z.string(), mixEstimate),
  natural: naturals,
});
const scale = z.object({ levels: z.array(z.number()), counts: z.array(z.number()) });

const mapping = z.object({
  /** Levels of ordered features with their counts: what the normal scores follow from. */
  scales: z.record(z.string(), scale),
  /** Brands and categories within which means are compared; all others do not count, for their own mix moves. */
  strata: z.object({ brands: z.array(z.number()), categories: z.array(z.string()) }),
  /** What clients of a type chose, as seen in the older half of the history: `lifts[label][brand]`. */
  types: z.object({
    brands: z.array(z.number()),
    /** Preference that a buyer drawn at random would show, by brand. */
    chance: z.array(z.number()),
    attributes: z.record(z.string(), z.object({ labels: z.array(z.string()), lifts: z.array(z.array(z.number())) })),
  }),
  /** Which brands have clients in common, from the older half too: rows of a triangle, `lifts[i][j]` for j < i. */
  pairs: z.object({ brands: z.array(z.number()), chance: z.array(z.number()), lifts: z.array(z.array(z.number())) }),
});

const driftProfile = z.object({
  format: z.literal(1),
  version: z.string(),
  last: z.iso.date(),
  clients: z.int(),
  /** The smallest hashes of client ids: enough to tell how many clients two versions share. */
  sketch: z.array(z.int()),
  mapping,
  means: z.record(z.string(), meanFeature),
  stratified: z.record(z.string(), stratifiedFeature),
  mixes: z.record(z.string(), mixFeature),
});

export type MeanFeature = z.infer<typeof meanFeature>;
export type StratifiedFeature = z.infer<typeof stratifiedFeature>;
export type MixFeature = z.infer<typeof mixFeature>;
export type Naturals = z.infer<typeof naturals>;
export type Mapping = z.infer<typeof mapping>;
export type Scale = z.infer<typeof scale>;
export interface Measures {
  readonly means: Record<string, MeanFeature>;
  readonly stratified: Record<string, StratifiedFeature>;
  readonly mixes: Record<string, MixFeature>;
}
export type DriftProfile = z.infer<typeof driftProfile>;

export function parseDriftProfile(value: unknown): DriftProfile {
  return driftProfile.parse(value);
}

/** Seven significant digits: more than the data carry, and a third of the bytes. */
export function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(7)) : 0;
}
