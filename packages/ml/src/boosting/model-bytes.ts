import { z } from 'zod';
import { MlError } from '../errors.ts';
import { flatFromBytes, flatToBytes } from '../flat-bytes.ts';
import type { GradientBoostingModel } from './model.ts';

const KIND = 'gradientBoosting';
export const MODEL_VERSION = 1;

/** Nothing but the fields of GradientBoostingModel, of trees that can be walked safely. */
export const gradientBoostingModel: z.ZodType<GradientBoostingModel> = z
  .object({
    objective: z.enum(['lambdarank', 'binary']),
    names: z.array(z.string()),
    base: z.number(),
    nodeOffsets: z.instanceof(Int32Array),
    leafOffsets: z.instanceof(Int32Array),
    feature: z.instanceof(Int32Array),
    threshold: z.instanceof(Float32Array),
    missingLeft: z.instanceof(Uint8Array),
    left: z.instanceof(Int32Array),
    right: z.instanceof(Int32Array),
    gain: z.instanceof(Float64Array),
    cover: z.instanceof(Int32Array),
    leafValue: z.instanceof(Float64Array),
    leafCover: z.instanceof(Int32Array),
  })
  .superRefine((model, context) => {
    const message = faultOf(model);
    if (message) context.addIssue({ code: 'custom', message });
  });

export const modelToBytes = (model: GradientBoostingModel): Uint8Array => flatToBytes(KIND, MODEL_VERSION, model);

/** @throws MlError BAD_MODEL_BYTES for anything but the bytes of a model. */
export function modelFromBytes(bytes: Uint8Array): GradientBoostingModel {
  const { data, error } = gradientBoostingModel.safeParse(flatFromBytes(KIND, MODEL_VERSION, bytes));
  if (!data) throw new MlError('BAD_MODEL_BYTES', error.issues.map((issue) => issue.message).join('; '));
  return data;
}

/**
 * What is wrong with the trees, if anything. Children come after their parents and are entered from one place only, so that
 * every walk ends; features exist; every node has seen rows, so that shares of rows are numbers.
 */
function faultOf(model: GradientBoostingModel): string | undefined {
  const { nodeOffsets, leafOffsets, feature, threshold, missingLeft, left, right, gain, cover, leafCover } = model;
  const trees = nodeOffsets.length - 1;
  const nodes = feature.length;
  const leaves = model.leafValue.length;
  const perNode = [threshold, missingLeft, left, right, gain, cover];
  if (perNode.some((array) => array.length !== nodes) || leafCover.length !== leaves) return 'arrays differ in length';
  if (trees < 0 || leafOffsets.length !== trees + 1) return 'offsets differ in length';
  if (nodeOffsets[0] !== 0 || leafOffsets[0] !== 0) return 'offsets do not start at 0';
  if (nodeOffsets[trees] !== nodes || leafOffsets[trees] !== leaves) return 'offsets do not end with the arrays';
  if (cover.some((rows) => rows <= 0) || leafCover.some((rows) => rows <= 0)) return 'a node has seen no rows';
  if (feature.some((asked) => asked < 0 || asked >= model.names.length)) return 'a node asks for no feature';
  for (let tree = 0; tree < trees; tree++) {
    const size = nodeOffsets[tree + 1] - nodeOffsets[tree];
    if (size < 0 || leafOffsets[tree + 1] - leafOffsets[tree] !== size + 1) return `tree ${tree} lacks nodes or leaves`;
    const entered = new Uint8Array(2 * size + 1);
    for (let node = 0; node < size; node++) {
      for (const child of [left[nodeOffsets[tree] + node], right[nodeOffsets[tree] + node]]) {
        if (child >= 0 ? child <= node || child >= size : ~child > size) return `tree ${tree} points outside`;
        if (entered[child >= 0 ? child : size + ~child]++) return `tree ${tree} enters a node twice`;
      }
    }
  }
  return undefined;
}
