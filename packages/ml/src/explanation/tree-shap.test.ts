import { describe, expect, it } from 'vitest';
import { sampleRows } from '../../test/sample-rows.ts';
import { toRowMajor } from '../boosting/columns.ts';
import { fitGradientBoosting } from '../boosting/fit.ts';
import type { GradientBoostingModel } from '../boosting/model.ts';
import { gradientBoostingParams } from '../boosting/params.ts';
import { predictGradientBoosting } from '../boosting/predict.ts';
import { compiledExplainer } from './compiled-explainer.ts';
import { gaussLegendre } from './gauss-legendre.ts';
import { pathTables } from './path-tables.ts';
import { scriptedExplainer } from './scripted-explainer.ts';
import { explain, explainRows } from './tree-shap.ts';

/** Expected score where only the features of `known` (a bit each) are known, the rest averaged over by cover. */
function expectation(model: GradientBoostingModel, row: Float32Array, known: number): number {
  let sum = model.base;
  for (let tree = 0; tree + 1 < model.nodeOffsets.length; tree++) {
    const root = model.nodeOffsets[tree];
    const leaves = model.leafOffsets[tree];
    const rowsOf = (child: number) => (child >= 0 ? model.cover[root + child] : model.leafCover[leaves + ~child]);
    const walk = (child: number): number => {
      if (child < 0) return model.leafValue[leaves + ~child];
      const at = root + child;
      const value = row[model.feature[at]];
      if (known & (1 << model.feature[at])) {
        const left = Number.isNaN(value) ? model.missingLeft[at] === 1 : value <= model.threshold[at];
        return walk(left ? model.left[at] : model.right[at]);
      }
      const sides = [model.left[at], model.right[at]];
      return sides.reduce((mean, side) => mean + (walk(side) * rowsOf(side)) / model.cover[at], 0);
    };
    sum += walk(model.nodeOffsets[tree + 1] === root ? ~0 : 0);
  }
  return sum;
}

/** Shapley's definition: the mean over all orders of features of what a feature adds when it becomes known. */
function byDefinition(model: GradientBoostingModel, row: Float32Array): number[] {
  const features = row.length;
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const values = Array<number>(features + 1).fill(0);
  for (let known = 0; known < 1 << features; known++) {
    const size = known.toString(2).replaceAll('0', '').length;
    for (let f = 0; f < features; f++) {
      if (known & (1 << f)) continue;
      const weight = (factorial(size) * factorial(features - 1 - size)) / factorial(features);
      values[f] += weight * (expectation(model, row, known | (1 << f)) - expectation(model, row, known));
    }
  }
  values[features] = expectation(model, row, 0);
  return values;
}

describe('explain', () => {
  it("equals Shapley's definition on small models, missing values and repeated features included", () => {
    const train = sampleRows(1500, 6, 1);
    const given = gradientBoostingParams.parse({ objective: 'binary', trees: 4, leaves: 24, minDataInLeaf: 3 });
    const model = fitGradientBoosting(train, given);
    const rows = toRowMajor(train.X);
    for (let row = 0; row < 25; row++) {
      const one = rows.subarray(6 * row, 6 * row + 6);
      const expected = byDefinition(model, one);
      explain(model, one).forEach((value, at) => {
        expect(value).toBeCloseTo(expected[at], 11);
      });
    }
  });

  it('adds up to the score, in deep trees of many features too', () => {
    const train = sampleRows(3000, 30, 2);
    const given = gradientBoostingParams.parse({ trees: 40, leaves: 63, minDataInLeaf: 2, truncation: 20 });
    const model = fitGradientBoosting(train, given);
    const scores = predictGradientBoosting(model, train.X);
    const values = explainRows(model, toRowMajor(train.X), 300);
    for (let row = 0; row < 300; row++) {
      const sum = values.subarray(31 * row, 31 * row + 31).reduce((a, b) => a + b, 0);
      expect(Math.abs(sum - scores[row])).toBeLessThan(1e-9);
    }
  });

  it('gives the same bits by compiled code and by script', () => {
    const train = sampleRows(2000, 12, 3);
    const model = fitGradientBoosting(train, gradientBoostingParams.parse({ objective: 'binary', trees: 20 }));
    const tables = pathTables(model);
    const rows = toRowMajor(train.X);
    const [compiled, scripted] = [compiledExplainer(model, tables), scriptedExplainer(model, tables)];
    for (let row = 0; row < 50; row++) {
      const [a, b] = [new Float64Array(12), new Float64Array(12)];
      compiled?.addValues(rows, 12 * row, a, 0);
      scripted.addValues(rows, 12 * row, b, 0);
      expect(a).toEqual(b);
    }
  });

  it('gives nothing to features that no tree asks for, and the base alone where there is no split', () => {
    const X = { rows: 100, columns: [new Float32Array(100)], names: ['constant'] };
    const y = Uint8Array.from({ length: 100 }, (_, at) => at % 2);
    const flat = fitGradientBoosting({ X, y }, gradientBoostingParams.parse({ objective: 'binary', trees: 3 }));
    expect(Array.from(explain(flat, new Float32Array(1)))).toEqual([0, predictGradientBoosting(flat, X)[0]]);
  });
});

describe('gaussLegendre', () => {
  it('integrates powers up to degree 2n - 1', () => {
    for (const n of [1, 2, 5, 16]) {
      const { points, weights } = gaussLegendre(n);
      for (let power = 0; power < 2 * n; power++) {
        const sum = points.reduce((total, t, at) => total + weights[at] * t ** power, 0);
        expect(sum).toBeCloseTo(1 / (power + 1), 13);
      }
    }
  });
});
