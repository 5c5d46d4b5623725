import { z } from 'zod';

/** Names of the columns that are made of places. */
export const NEAREST_KM = 'nearest_store_km';
export const STORES_WITHIN = 'stores_within_km';

export const geoParams = z.strictObject({
  latitude: z
    .string()
    .nullable()
    .default(null)
    .describe('Column of latitudes in degrees; found by its name unless given'),
  longitude: z.string().nullable().default(null).describe('Column of longitudes in degrees'),
  exchanged: z
    .boolean()
    .default(false)
    .describe('The two columns are exchanged: each holds what the other is named for'),
  nearest_store: z.boolean().default(true).describe('The distance to the nearest store is a feature'),
  within_km: z
    .number()
    .positive()
    .max(20_100)
    .nullable()
    .default(null)
    .describe('The number of stores so near is a feature'),
});
export type GeoParams = z.output<typeof geoParams>;
