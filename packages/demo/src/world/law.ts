import type { Day } from './calendar.ts';

/**
 * What drifts. A law holds for a stretch of days; `base` is the law of the first version. Sizes are in the units in which
 * a drift is declared: standard deviations for means, points for shares.
 */
export interface Law {
  /** Shift of the mean log-amount, in its standard deviations. */
  readonly amount: number;
  /** Shift of the mean log-frequency, in standard deviations of the clients' log-activity. */
  readonly frequency: number;
  /** Points (0..1) by which the share of online purchases moved. */
  readonly online: number;
  /** Successive drifts of the segment mix: the share (0..1) of the mix that each one moved. */
  readonly segments: readonly number[];
  /** Successive drifts of taste: 0..1, how far each one moved the brands in the space of tastes (1: as if drawn anew). */
  readonly taste: readonly number[];
}

export const BASE_LAW: Law = { amount: 0, frequency: 0, online: 0, segments: [], taste: [] };

export type DriftKind = 'amount' | 'frequency' | 'online' | 'segments' | 'taste';
export const DRIFT_KINDS: readonly DriftKind[] = ['amount', 'frequency', 'online', 'segments', 'taste'];

/** What a drift step uses when it names no strength; well above the smallest sizes. */
export const DEFAULT_STRENGTH: Readonly<Record<DriftKind, number>> = {
  amount: 0.8,
  frequency: 0.6,
  online: 0.15,
  segments: 0.3,
  taste: 0.6,
};

export function drifted(law: Law, kind: DriftKind, strength: number): Law {
  if (kind === 'taste' || kind === 'segments') return { ...law, [kind]: [...law[kind], strength] };
  return { ...law, [kind]: law[kind] + strength };
}

/** A law and the first day on which it holds. */
export interface Regime {
  readonly from: Day;
  readonly law: Law;
}
