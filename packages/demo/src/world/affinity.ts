import type { Brands } from './brands.ts';
import { DIMENSIONS } from './population.ts';

/** Traits that decide which brands a client tries: true ones, or an estimate. */
export interface Traits {
  readonly taste: Float64Array;
  readonly online: number;
  /** Index into REGIONS of the home, or -1 where it is not known. */
  readonly home: number;
}

/** How strongly taste counts against popularity; part of the laws of the world. */
export const TASTE_SCALE = 1.15;
/** Log-penalty of a brand without shops in the home region. */
const AWAY = -3;
/** The same where the home is not known: a blend. */
const MAYBE_AWAY = -1;

function regional(brands: Brands, brand: number, home: number): number {
  const mask = brands.regions[brand] as number;
  if (mask === 0) return 0;
  if (home < 0) return MAYBE_AWAY;
  return (mask & (1 << home)) === 0 ? AWAY : 0.4;
}

/** Log of the (unnormalised) pull of every brand on a client; writes into `target` (length = number of brands). */
export function logPulls(brands: Brands, traits: Traits, target: Float64Array): Float64Array {
  const { taste, logPopularity, onlinePull, count } = brands;
  for (let b = 0; b < count; b++) {
    let dot = 0;
    const offset = b * DIMENSIONS;
    for (let d = 0; d < DIMENSIONS; d++) dot += (taste[offset + d] as number) * (traits.taste[d] as number);
    target[b] =
      (logPopularity[b] as number) +
      TASTE_SCALE * dot +
      (onlinePull[b] as number) * traits.online +
      regional(brands, b, traits.home);
  }
  return target;
}

/** Shares of the brands in a client's new purchases, from their log-pulls; sums to 1. */
export function shares(logPull: Float64Array, target: Float64Array): Float64Array {
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of logPull) if (value > highest) highest = value;
  let total = 0;
  for (let b = 0; b < logPull.length; b++) {
    const weight = Math.exp((logPull[b] as number) - highest);
    target[b] = weight;
    total += weight;
  }
  for (let b = 0; b < logPull.length; b++) target[b] = (target[b] as number) / total;
  return target;
}
