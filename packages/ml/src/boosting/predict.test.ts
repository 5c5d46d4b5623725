import { describe, expect, it } from 'vitest';
import { sampleRows } from '../../test/sample-rows.ts';
import { toRowMajor } from './columns.ts';
import { compileForest } from './compiled-forest.ts';
import { fitGradientBoosting } from './fit.ts';
import { joinTrees } from './model.ts';
import { gradientBoostingParams } from './params.ts';
import { addTrees, predictRows } from './predict.ts';

describe('predictRows', () => {
  it.each([2, 31, 200])('gives the same bits as walking each tree, with %i leaves', (leaves) => {
    const train = sampleRows(3000, 9, leaves);
    // Missing values in one feature only: in the others they first show up now.
    const params = gradientBoostingParams.parse({ objective: 'binary', trees: 25, leaves, minDataInLeaf: 2 });
    const model = fitGradientBoosting(train, params);
    const rows = toRowMajor(sampleRows(1000, 9, 99).X);
    for (let at = 0; at < rows.length; at += 7) rows[at] = Number.NaN;
    for (let at = 3; at < rows.length; at += 11)
      rows[at] = at % 2 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    // A value on a threshold goes left.
    model.threshold.slice(0, 900).forEach((threshold, at) => {
      rows[9 * at + model.feature[at]] = threshold;
    });
    expect(compileForest(model)).toBeDefined();
    const expected = new Float64Array(1000).fill(model.base);
    addTrees(model, 0, 25, rows, 1000, expected);
    for (const count of [1000, 64, 65, 17, 3, 0]) {
      const scores = new Float64Array(1000).fill(-1);
      predictRows(model, rows, count, scores);
      expect(scores.subarray(0, count)).toEqual(expected.subarray(0, count));
      expect(scores.subarray(count).every((score) => score === -1)).toBe(true);
    }
  });

  it('adds the value of a tree that is a single leaf', () => {
    const leaf = {
      feature: new Int32Array(0),
      threshold: new Float32Array(0),
      missingLeft: new Uint8Array(0),
      left: new Int32Array(0),
      right: new Int32Array(0),
      gain: new Float64Array(0),
      cover: new Int32Array(0),
      leafValue: Float64Array.of(0.25),
      leafCover: Int32Array.of(10),
    };
    const scores = new Float64Array(20);
    predictRows(joinTrees('binary', ['x'], 1, [leaf, leaf]), new Float32Array(20), 20, scores);
    expect(scores.every((score) => score === 1.5)).toBe(true);
  });
});
