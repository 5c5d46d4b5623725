import { z } from 'zod';

/** Arrays of learnt models, whatever memory they are views of. */
export const float64Array: z.ZodType<Float64Array> = z.instanceof(Float64Array);
export const float32Array: z.ZodType<Float32Array> = z.instanceof(Float32Array);
export const int32Array: z.ZodType<Int32Array> = z.instanceof(Int32Array);
export const uint8Array: z.ZodType<Uint8Array> = z.instanceof(Uint8Array);
