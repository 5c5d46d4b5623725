import { z } from 'zod';

/** Pieces of the REST contract that several routes share. The names given here become components of openapi.yml. */
export const positiveInt = z.int().min(1);

export const errorBody = z
  .object({
    error: z.object({
      code: z.string().meta({ description: 'Stable: a code never changes its meaning.', example: 'INVALID_INPUT' }),
      message: z.string().meta({ example: 'top_n: must be at most 1000' }),
      details: z.record(z.string(), z.unknown()).optional(),
    }),
  })
  .meta({ id: 'Error' });

/** Below `/api`. */
export const apiErrorBody = errorBody
  .extend({ detail: z.string().meta({ description: 'What is wrong and what would be right.' }) })
  .meta({ id: 'ApiError' });

export const versionName = z
  .string()
  .min(1)
  .max(200)
  .meta({ description: 'Name of a version: opaque, chosen by the sender.', example: 'v1' });
