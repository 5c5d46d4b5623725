const DAY_MS = 86_400_000;

/** How long a key may last, in days; `never` has no end. */
const EXPIRIES = { week: 7, month: 30, quarter: 90, year: 365, never: null } as const;
export type Expiry = keyof typeof EXPIRIES;

export const expiryNames = Object.keys(EXPIRIES) as readonly Expiry[];

export function expiresAt(expiry: Expiry, now: number): string | null {
  const days = EXPIRIES[expiry];
  return days === null ? null : new Date(now + days * DAY_MS).toISOString();
}
