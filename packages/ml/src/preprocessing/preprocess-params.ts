import { z } from 'zod';
import { onlyWith } from '../applies-when.ts';
import type { AnyAlgorithm } from '../estimator.ts';
import { algorithmsOf } from '../registry.ts';

const names = (...kinds: AnyAlgorithm['kind'][]) => kinds.flatMap((kind) => algorithmsOf(kind).map(({ name }) => name));

const imputers = (takes: 'numbers' | 'codes') =>
  algorithmsOf('imputer')
    .filter((imputer) => imputer.takes === takes)
    .map(({ name }) => name);

const OUTLIER_METHODS = names('outlier_fence', 'outlier_detector');

/** Parameters of the method chosen just before; checked by that method's own schema. */
const own = (of: string) => z.record(z.string(), z.unknown()).default({}).describe(`Parameters of the chosen ${of}`);

export const preprocessParams = z.object({
  max_missing_share: z.number().min(0).max(1).default(0.4).describe('A column with a larger share missing is dropped'),
  max_identifier_share: z
    .number()
    .min(0)
    .max(1)
    .default(0.9)
    .describe('A text column with a larger share of different texts names rows and is dropped; 1 keeps all'),
  imputation: z.enum(imputers('numbers')).default('automaticImputer').describe('What stands for a missing number'),
  imputation_params: own('imputation'),
  text_imputation: z
    .enum([...imputers('codes'), 'none'])
    .default('modeImputer')
    .describe('What stands for a missing text; none: being missing is a category of its own'),
  outliers: z
    .enum([...OUTLIER_METHODS, 'none'])
    .default('quantileFence')
    .describe('How outliers are found'),
  outliers_params: own('rule for outliers'),
  outlier_action: z
    .enum(['remove', 'clip', 'keep'])
    .default('remove')
    .describe('What is done with outliers: their rows are left out, the values moved to the fence, or only counted')
    .meta(onlyWith('outliers', ...OUTLIER_METHODS)),
  transform: z
    .enum(['automatic', ...names('power_transform'), 'none'])
    .default('automatic')
    .describe('How a number column is bent; automatic: by the distribution that fits it'),
  scale: z
    .enum(['automatic', ...names('scaler'), 'none'])
    .default('automatic')
    .describe('How a number column is scaled; automatic: by the distribution that fits it'),
  scale_params: own('scaler'),
  encode: z.enum(names('encoder')).default('oneHotEncoder').describe('How a text column is turned into numbers'),
  encode_params: own('encoder'),
});
export type PreprocessParams = z.output<typeof preprocessParams>;
