/** What a training publishes: brand vectors, trees, calibration; one artifact, `model.bin`. */

import type { GradientBoostingModel } from '@kindred/ml/boosting/model.ts';
import { modelFromBytes, modelToBytes } from '@kindred/ml/boosting/model-bytes.ts';
import { firstPurchaseParams } from '@kindred/ml/recommendation/first-purchase-model.ts';
import { z } from 'zod';
import { FEATURE_NAMES } from './features.ts';

import { packArrays, unpackArrays } from './packed-arrays.ts';
import type { BrandVectors } from './taste.ts';

export interface LookalikeModel {
  readonly brands: BrandVectors;
  readonly boosting: GradientBoostingModel;
  /** Probability = 1 / (1 + exp(-(slope * score + intercept))); slope is positive, so order is kept. */
  readonly calibration: Calibration;
  /** Data version that it was trained on. */
  readonly trainedOn: string;
  /** Last day of that version, in days since 1970-01-01: it has seen what happened until then. */
  readonly trainedUntil: number;
}

export interface Calibration {
  readonly slope: number;
  readonly intercept: number;
}

/** How scores come of features: 2 since they start from the taste model's. */
const SCORING = 2;

const metaSchema = z.object({
  scoring: z.literal(SCORING, { error: 'The model was made by an earlier release; train it again.' }),
  features: z.array(z.string()),
  taste: firstPurchaseParams,
  calibration: z.object({ slope: z.number(), intercept: z.number() }),
  trainedOn: z.string(),
  trainedUntil: z.int(),
});

export function modelBytes(model: LookalikeModel): Uint8Array {
  const meta = {
    scoring: SCORING,
    features: FEATURE_NAMES,
    taste: model.brands.params,
    calibration: { ...model.calibration },
    trainedOn: model.trainedOn,
    trainedUntil: model.trainedUntil,
  };
  return packArrays(
    {
      brandIds: model.brands.brandIds,
      brandVectors: model.brands.vectors,
      boosting: modelToBytes(model.boosting),
    },
    meta,
  );
}

/** @throws Error where the model was made for other features than this code computes: it must be trained again. */
export function readModel(buffer: ArrayBufferLike): LookalikeModel {
  const packed = unpackArrays(buffer);
  const meta = metaSchema.parse(packed.meta);
  if (meta.features.join() !== FEATURE_NAMES.join()) {
    throw new Error('The model was trained on other features than this release computes; train it again.');
  }
  return {
    brands: {
      params: meta.taste,
      brandIds: packed.get('brandIds', 'Float64Array'),
      vectors: packed.get('brandVectors', 'Float64Array'),
    },
    boosting: modelFromBytes(packed.get('boosting', 'Uint8Array').slice()),
    calibration: meta.calibration,
    trainedOn: meta.trainedOn,
    trainedUntil: meta.trainedUntil,
  };
}

/** The model of these bytes, or undefined where an earlier release made it so that this one cannot read it. */
export function readModelIfFit(buffer: ArrayBufferLike): LookalikeModel | undefined {
  try {
    return readModel(buffer);
  } catch {
    return undefined;
  }
}

export const probability = ({ slope, intercept }: Calibration, score: number): number =>
  1 / (1 + Math.exp(-(slope * score + intercept)));
