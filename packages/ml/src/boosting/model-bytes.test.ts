import { describe, expect, it } from 'vitest';
import { sampleRows } from '../../test/sample-rows.ts';
import { MlError } from '../errors.ts';
import { Random } from '../random.ts';
import { fitGradientBoosting } from './fit.ts';
import { modelFromBytes, modelToBytes } from './model-bytes.ts';
import { gradientBoostingParams } from './params.ts';
import { predictGradientBoosting } from './predict.ts';

const train = sampleRows(800, 5, 1);
const model = fitGradientBoosting(train, gradientBoostingParams.parse({ objective: 'binary', trees: 6 }));

describe('model bytes', () => {
  it('bring back the same model, from the middle of a larger buffer as well', () => {
    const bytes = modelToBytes(model);
    const moved = new Uint8Array(bytes.length + 3);
    moved.set(bytes, 3);
    const again = modelFromBytes(moved.subarray(3));
    expect(again).toEqual(model);
    expect(modelToBytes(again)).toEqual(bytes);
    expect(predictGradientBoosting(again, train.X)).toEqual(predictGradientBoosting(model, train.X));
  });

  it('that are damaged are refused or still a model that ends, never a loop or a crash', () => {
    const bytes = modelToBytes(model);
    const random = new Random(3);
    let refused = 0;
    for (let turn = 0; turn < 300; turn++) {
      const damaged = bytes.slice(0, random.below(4) === 0 ? random.below(bytes.length) : bytes.length);
      if (damaged.length > 0) damaged[random.below(damaged.length)] ^= 1 + random.below(255);
      try {
        predictGradientBoosting({ ...modelFromBytes(damaged), names: model.names }, train.X);
      } catch (error) {
        expect(error).toBeInstanceOf(MlError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(100);
  });
});
