import { describe, expect, it } from 'vitest';
import { sampleRows } from '../../test/sample-rows.ts';
import { MlError } from '../errors.ts';
import { meanAveragePrecisionAt } from '../metrics/mean-average-precision.ts';
import { rocAuc } from '../metrics/roc-auc.ts';
import { Random } from '../random.ts';
import { fitGradientBoosting } from './fit.ts';
import { modelToBytes } from './model-bytes.ts';
import { type GradientBoostingParams, gradientBoostingParams } from './params.ts';
import { predictGradientBoosting } from './predict.ts';
import { scriptedKernel } from './scripted-kernel.ts';
import type { TrainingData } from './training-data.ts';

const params = (given: Partial<GradientBoostingParams>) => gradientBoostingParams.parse({ trees: 30, ...given });
const codeOf = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof MlError ? error.code : String(error);
  }
};

const train = sampleRows(6000, 12, 1);
const test = sampleRows(3000, 12, 2);

describe('fitGradientBoosting', () => {
  it('learns what rows are positive', () => {
    const model = fitGradientBoosting(train, params({ objective: 'binary' }));
    expect(rocAuc(predictGradientBoosting(model, test.X), test.y)).toBeGreaterThan(0.86);
  });

  it.each(['ndcg', 'map'] as const)('learns to rank within groups by %s', (metric) => {
    const model = fitGradientBoosting(train, params({ objective: 'lambdarank', metric, truncation: 20 }));
    const scores = predictGradientBoosting(model, test.X);
    const flat = meanAveragePrecisionAt(new Float64Array(3000), test.y, test.groups, 100);
    expect(meanAveragePrecisionAt(scores, test.y, test.groups, 100)).toBeGreaterThan(flat + 0.35);
  });

  it.each(['binary', 'lambdarank'] as const)(
    '%s: same seed same bytes, with or without compiled kernels',
    (objective) => {
      const given = params({
        objective,
        trees: 8,
        rowFraction: 0.7,
        featureFraction: 0.5,
        monotone: [1, ...Array(11).fill(0)],
      });
      const bytes = modelToBytes(fitGradientBoosting(train, given));
      expect(modelToBytes(fitGradientBoosting(train, given))).toEqual(bytes);
      expect(modelToBytes(fitGradientBoosting(train, given, undefined, undefined, scriptedKernel))).toEqual(bytes);
      expect(modelToBytes(fitGradientBoosting(train, { ...given, seed: 2 }))).not.toEqual(bytes);
    },
  );

  it('does not depend on the order of rows where groups do not matter', () => {
    const order = new Random(5).shuffle(Int32Array.from({ length: 6000 }, (_, at) => at));
    const shuffled: TrainingData = {
      X: { ...train.X, columns: train.X.columns.map((column) => Float32Array.from(order, (row) => column[row])) },
      y: Uint8Array.from(order, (row) => train.y[row]),
    };
    const given = params({ objective: 'binary', trees: 10 });
    expect(modelToBytes(fitGradientBoosting(shuffled, given))).toEqual(modelToBytes(fitGradientBoosting(train, given)));
  });

  it('never falls against a monotone constraint, whatever the other features are', () => {
    // The raw effect of the feature is a wave, so that an unconstrained model does fall.
    const rows = sampleRows(4000, 4, 3);
    const monotone: (-1 | 0 | 1)[] = [0, 0, -1, 1];
    const falls = (model: ReturnType<typeof fitGradientBoosting>) => {
      const random = new Random(8);
      let worst = 0;
      for (let probe = 0; probe < 200; probe++) {
        const fixed = [random.normal(), random.normal(), random.normal(), random.normal()];
        for (const feature of [2, 3]) {
          const line = Float32Array.from({ length: 60 }, (_, at) => -3 + at / 10);
          const columns = fixed.map((value, f) => (f === feature ? line : new Float32Array(60).fill(value)));
          const scores = predictGradientBoosting(model, { rows: 60, columns, names: rows.X.names });
          for (let at = 1; at < 60; at++) worst = Math.max(worst, monotone[feature] * (scores[at - 1] - scores[at]));
        }
      }
      return worst;
    };
    const given = params({ objective: 'binary', minDataInLeaf: 5, lambdaL2: 0 });
    expect(falls(fitGradientBoosting(rows, given))).toBeGreaterThan(0.1);
    expect(falls(fitGradientBoosting(rows, { ...given, monotone }))).toBe(0);
  });

  it('learns where missing values belong', () => {
    const column = Float32Array.from({ length: 2000 }, (_, at) => (at % 2 ? Number.NaN : (at % 100) / 100));
    for (const missingLabel of [0, 1]) {
      const y = Uint8Array.from(column, (value) => (Number.isNaN(value) ? missingLabel : value > 0.5 ? 1 : 0));
      const X = { rows: 2000, columns: [column], names: ['x'] };
      const model = fitGradientBoosting({ X, y }, params({ objective: 'binary' }));
      expect(rocAuc(predictGradientBoosting(model, X), y)).toBe(1);
    }
  });

  it('scores rows that a tree was not grown on as the finished model does', () => {
    const given = params({ objective: 'binary', trees: 20, rowFraction: 0.3 });
    const watched: number[] = [];
    fitGradientBoosting(train, given, undefined, (_round, metric) => void watched.push(metric));
    const again: number[] = [];
    fitGradientBoosting(train, given, train, (_round, metric) => void again.push(metric));
    expect(watched).toEqual(again);
  });

  it('stops early and keeps the best trees', () => {
    const given = params({ objective: 'binary', trees: 300, learningRate: 0.3, earlyStoppingRounds: 5 });
    const metrics: number[] = [];
    const model = fitGradientBoosting(train, given, test, (_round, metric) => void metrics.push(metric));
    const best = metrics.indexOf(Math.max(...metrics)) + 1;
    expect(metrics.length).toBe(best + 5);
    expect(model.nodeOffsets.length - 1).toBe(best);
  });

  it('counts a row of weight two twice', () => {
    const twice = sampleRows(500, 4, 6);
    // Few distinct values, so that bins do not depend on how often a row occurs.
    for (const column of twice.X.columns) column.set(column.map((value) => Math.round(10 * value)));
    const weights = Float32Array.from(twice.y, (_, row) => (row < 100 ? 2 : 1));
    const rows = Int32Array.from([...twice.y.keys(), ...Array(100).keys()]);
    const repeated: TrainingData = {
      X: {
        rows: 600,
        columns: twice.X.columns.map((column) => Float32Array.from(rows, (row) => column[row])),
        names: twice.X.names,
      },
      y: Uint8Array.from(rows, (row) => twice.y[row]),
    };
    const given = params({ objective: 'binary', trees: 5, leaves: 6, minDataInLeaf: 1 });
    const weighted = predictGradientBoosting(fitGradientBoosting({ ...twice, weights }, given), twice.X);
    const plain = predictGradientBoosting(fitGradientBoosting(repeated, given), twice.X);
    weighted.forEach((score, row) => {
      expect(score).toBeCloseTo(plain[row], 5);
    });
  });

  it('goes on from start scores as if earlier trees had left off there', () => {
    const given = params({ objective: 'binary', trees: 12 });
    const whole = predictGradientBoosting(fitGradientBoosting(train, given), train.X);
    const startScores = predictGradientBoosting(fitGradientBoosting(train, { ...given, trees: 7 }), train.X);
    const rest = fitGradientBoosting({ ...train, startScores }, { ...given, trees: 5 });
    expect(rest.base).toBe(0);
    predictGradientBoosting(rest, train.X).forEach((score, row) => {
      expect(startScores[row] + score).toBeCloseTo(whole[row], 12);
    });
    const short = { ...train, startScores: new Float64Array(3) };
    expect(codeOf(() => fitGradientBoosting(short, given))).toBe('SHAPE_MISMATCH');
  });

  it('copes with what real tables hold', () => {
    const constant = new Float32Array(400).fill(3);
    const empty = new Float32Array(400).fill(Number.NaN);
    const wild = Float32Array.from({ length: 400 }, (_, at) =>
      at % 3 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY,
    );
    const y = Uint8Array.from({ length: 400 }, (_, at) => (at % 3 ? 1 : 0));
    const X = { rows: 400, columns: [constant, empty, wild], names: ['constant', 'empty', 'wild'] };
    const model = fitGradientBoosting({ X, y }, params({ objective: 'binary' }));
    expect(rocAuc(predictGradientBoosting(model, X), y)).toBe(1);
    const flat = fitGradientBoosting(
      { X: { rows: 400, columns: [constant], names: ['constant'] }, y },
      params({ objective: 'binary' }),
    );
    const scores = predictGradientBoosting(flat, { rows: 400, columns: [constant], names: ['constant'] });
    expect(scores[0]).toBeCloseTo(
      Math.log(y.reduce((sum, label) => sum + label, 0) / y.filter((label) => !label).length),
      6,
    );
  });

  it('refuses what it cannot learn from, by code', () => {
    const binary = params({ objective: 'binary' });
    expect(codeOf(() => fitGradientBoosting({ X: train.X, y: train.y }, params({})))).toBe('SHAPE_MISMATCH');
    expect(codeOf(() => fitGradientBoosting({ X: train.X, y: new Uint8Array(7) }, binary))).toBe('SHAPE_MISMATCH');
    expect(codeOf(() => fitGradientBoosting({ X: train.X, y: new Uint8Array(6000) }, binary))).toBe('NOTHING_TO_LEARN');
    expect(codeOf(() => fitGradientBoosting({ X: train.X, y: new Uint8Array(6000).fill(2) }, binary))).toBe(
      'BAD_LABEL',
    );
    expect(codeOf(() => fitGradientBoosting(train, { ...binary, monotone: [1] }))).toBe('BAD_PARAMETER');
    const model = fitGradientBoosting(train, params({ objective: 'binary', trees: 1 }));
    expect(codeOf(() => predictGradientBoosting(model, { rows: 0, columns: [], names: [] }))).toBe('SHAPE_MISMATCH');
  });
});
