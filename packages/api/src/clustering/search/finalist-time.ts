/** What it is expected to take to prove a finalist, and whether there is time for it: many fits do not tell how far they are. */

export interface FinalistWork {
  /** Seconds by the models: of the fit to the sample's rows; of reducing all rows, fitting to them and judging them. */
  readonly modelled: { readonly sample: number; readonly whole: number };
  /** Seconds that the fit to the sample took. */
  readonly took: number;
  /** Fits to as many rows as the sample has, for the stability. */
  readonly resamples: number;
}

/** A short fit may be far from its model by what a process does beside it. */
const MOST_OFF = 4;
/** A resample is drawn and its clusters are compared, beside the fit. */
const RESAMPLE = 1.2;

export function expectedSeconds({ modelled, took, resamples }: FinalistWork): number {
  const pace = Math.min(MOST_OFF, Math.max(1 / MOST_OFF, took / modelled.sample));
  return pace * modelled.whole + RESAMPLE * resamples * took;
}

/** Of what is left, so that a forecast that is somewhat wrong does not overrun the budget. */
const SURE_SHARE = 0.8;
/** A slow one leaves the rest to those after it that are quicker, and has its turn again after them. */
const FIRST_SHARE = 0.5;

/** @param again it was put off before. */
export const mayBegin = (expected: number, left: number, again: boolean): boolean =>
  expected <= left * (again ? SURE_SHARE : FIRST_SHARE);

/** Seconds of the budget that are kept for describing the clusters and writing the leaderboard. */
export const closingSeconds = (budget: number): number => Math.min(2, 0.05 * budget);
