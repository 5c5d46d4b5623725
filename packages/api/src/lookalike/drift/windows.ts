/**
 * Periods at the end of a snapshot, counted back from its own last day, that are compared with the same periods of the
 * reference. Whole histories are not compared: they are mixtures whose parts shift as a history grows, without any drift.
 * Several lengths, because a change may be as young as the last delivery, and short periods are noisy.
 */
export const WINDOWS = [7, 14, 28] as const;
export type Window = (typeof WINDOWS)[number];

/** Days before a window in which a client must have bought to count as regular, and a brand to count as known to him. */
export const LOOKBACK_DAYS = 28;

/** Consecutive periods of one version that its natural variation is learned from, at most. */
const MOST_PERIODS = 12;

/** Key of features that have no calendar. */
export const ALL = 'all';

/** How many whole periods of the window's length the history has. */
export function periodsOf(days: number, window: Window): number {
  return Math.min(MOST_PERIODS, Math.floor(days / window));
}

/** All windows are whole weeks. */
export const WEEK = 7;

/** Weeks that windows, the periods before them and their natural variation can reach back to. */
export function weeksOf(days: number): number {
  const longest = WINDOWS[WINDOWS.length - 1] / WEEK;
  return Math.max(2 * longest, Math.min(MOST_PERIODS * longest, Math.floor(days / WEEK)));
}

/** Days that a version must show for all windows, the periods before them and their look-back. */
export const RECENT_DAYS = WINDOWS[WINDOWS.length - 1] + Math.max(LOOKBACK_DAYS, WINDOWS[WINDOWS.length - 1]);

export type Role = 'now' | 'before';

/** Does a day of this age belong to the window, or to the equally long period before it. */
export function roleOf(age: number, window: Window): Role | undefined {
  if (age < window) return 'now';
  return age < 2 * window ? 'before' : undefined;
}

/** Age in days from which on purchases teach what clients prefer; younger ones show whether they still do. */
export function learningAge(days: number): number {
  return Math.max(WINDOWS[WINDOWS.length - 1], Math.floor(days / 2));
}

/** The days that both versions have are compared over the reference's last four weeks. */
export const SAME_DAYS_WINDOW = 28;
export const SAME_DAYS = 'same days';
