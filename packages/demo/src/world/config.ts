import { z } from 'zod';

/** The settings of a demo world. Everything that the world contains follows from them alone. */
export const worldConfig = z.object({
  seed: z.int().min(0).default(1),
  /** Clients at the base version. */
  users: z.int().min(50).default(8000),
  /** Brands that are bought; merchants and brands without any purchase come on top. */
  brands: z.int().min(20).default(350),
  merchants: z.int().min(20).default(480),
  historyStart: z.iso.date().default('2025-03-01'),
  historyEnd: z.iso.date().default('2025-07-31'),
  /** Days by which each later version extends the history; 0 keeps the calendar. */
  stepDays: z.int().min(0).max(90).default(14),
  /** Offers that start per day, the same all the time. */
  offersPerDay: z.number().positive().default(2.6),
  /** Purchases per client and day, on average. */
  purchasesPerDay: z.number().positive().default(0.14),
  /** Share of the running offers that a client gets to see. */
  seenShare: z.number().min(0).max(1).default(0.29),
  /** Log-odds that a client of average response activates an offer that was shown. */
  activationLogit: z.number().default(-1.7),
  /** Share of earned rewards that the reward table keeps (the real table is far smaller than the activations). */
  rewardShare: z.number().min(0).max(1).default(0.25),
  /** Days of history in a version; null keeps all since the start. */
  windowDays: z.int().min(30).nullable().default(null),
  /** Where a changed law applies: to the days since the last version, or to the whole snapshot. */
  lawMode: z.enum(['extend', 'rewrite']).default('extend'),
  /** The steps of the series, see steps.ts. */
  steps: z.array(z.string()).min(1).default(['base']),
});

export type WorldConfig = z.infer<typeof worldConfig>;

/** Named sizes: `tiny` for tests, `small` the default, `full` the size of the real data. */
export const SIZES = {
  tiny: { users: 800, brands: 80, merchants: 110, offersPerDay: 1.2 },
  small: {},
  full: {
    users: 48_000,
    brands: 1500,
    merchants: 6700,
    offersPerDay: 17.5,
    purchasesPerDay: 0.105,
    seenShare: 0.09,
    activationLogit: -0.75,
    rewardShare: 0.12,
  },
} as const satisfies Record<string, Partial<WorldConfig>>;

export type SizeName = keyof typeof SIZES;
