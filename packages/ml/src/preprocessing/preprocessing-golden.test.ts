/** Against SciPy and scikit-learn; test/golden/preprocessing.py makes the numbers. */
import { describe, expect, it } from 'vitest';
import { readGolden } from '../../test/golden/read-golden.ts';
import { matrixOf } from '../matrix.ts';
import { fitDistributions } from './distribution-fit.ts';
import { hashingEncoder } from './hashing-encoder.ts';
import { isolationForest } from './isolation-forest.ts';
import { methodNamed } from './method-named.ts';
import { nearestImputer } from './nearest-imputer.ts';

const golden = readGolden('preprocessing') as {
  samples: Record<string, number[]>;
  distributions: Record<string, Record<string, { parameters: number[]; statistic: number }>>;
  powers: Record<string, Record<string, { exponent: number | null; values: number[] }>>;
  scalers: Record<string, Record<string, [number, number]>>;
  fences: Record<string, Record<string, [number, number]>>;
  statistics: Record<string, number[]>;
  towns: string[];
  oneHot: number[][];
  oneHotOfTwo: number[][];
  ordinal: number[];
  holes: (number | null)[][];
  filled: number[][];
  wine: number[][];
  forest: { mean: number[]; deviation: number[] };
  words: string[];
  hashed: number[][];
};

describe.each(Object.entries(golden.samples))('%s sample', (name, sample) => {
  const values = Float64Array.from(sample);

  it('has the distributions that SciPy fits', () => {
    const fits = fitDistributions(values.toSorted());
    for (const { name: distribution, parameters, statistic } of fits) {
      const expected = golden.distributions[name][distribution];
      // Where a sample is not skewed to the right the likelihood of a log-normal is flat in its location: SciPy stops elsewhere.
      const isSkewed = name === 'exponential' || name === 'lognormal';
      const digits = distribution !== 'lognorm' ? 6 : isSkewed ? 4 : 2;
      expect(statistic, distribution).toBeCloseTo(expected.statistic, digits);
      if (distribution === 'lognorm') continue;
      parameters.forEach((parameter, at) => {
        expect(parameter).toBeCloseTo(expected.parameters[at], 9);
      });
    }
    expect(fits.map((fit) => fit.statistic)).toEqual(fits.map((fit) => fit.statistic).sort((a, b) => a - b));
  });

  it.each(Object.entries(golden.powers[name]))('is bent by %s as scikit-learn does', (method, expected) => {
    const { fit, apply } = methodNamed('power_transform', method);
    const exponent = fit(values, {});
    if (expected.exponent === null) expect(exponent).toBeNaN();
    else expect(exponent).toBeCloseTo(expected.exponent, 5);
    apply(values.slice(0, 5), exponent).forEach((value, at) => {
      expect(value).toBeCloseTo(expected.values[at], 4);
    });
  });

  it.each(Object.entries(golden.scalers[name]))('is scaled by %s as scikit-learn does', (method, [center, scale]) => {
    const fitted = methodNamed('scaler', method).fit(values, {});
    expect(fitted.center).toBeCloseTo(center, 12);
    expect(fitted.scale).toBeCloseTo(scale, 12);
  });

  it.each(Object.entries(golden.fences[name]))('is fenced by %s where NumPy has it', (method, [low, high]) => {
    const { bounds, params } = methodNamed('outlier_fence', method);
    const [least, most] = bounds(values.toSorted(), params.parse({}));
    expect(least).toBeCloseTo(low, 12);
    expect(most).toBeCloseTo(high, 12);
  });
});

it.each(Object.entries(golden.statistics))('missing values become those of SimpleImputer: %s', (method, expected) => {
  const columns = expected.map((_, column) =>
    Float64Array.from(golden.holes, (row) => Math.round(row[column] ?? Number.NaN)),
  );
  const imputer = methodNamed('imputer', method);
  const { model } = imputer.fit(columns, imputer.params.parse({}), {});
  imputer.fill(model, columns).forEach((values, column) => {
    values.forEach((value, row) => {
      if (Number.isNaN(columns[column][row])) expect(value, `column ${column}`).toBeCloseTo(expected[column], 12);
      else expect(value).toBe(columns[column][row]);
    });
  });
});

function encoded(method: string, given: object): number[][] {
  const { fit, encode, params } = methodNamed('encoder', method);
  const texts = [...new Set(golden.towns)];
  const codes = Float64Array.from(golden.towns, (town) => texts.indexOf(town));
  const { categories, outputs } = fit(codes, texts, params.parse(given));
  const known = new Map(categories.map((category, at) => [category, at]));
  return golden.towns.map((town) => {
    const row = new Float64Array(outputs.length);
    encode(town, known, row, 0, outputs.length);
    return Array.from(row);
  });
}

it('categories have the columns of OneHotEncoder, rare ones together, and the numbers of OrdinalEncoder', () => {
  expect(encoded('oneHotEncoder', {})).toEqual(golden.oneHot);
  // scikit-learn counts the column of the rare ones too.
  expect(encoded('oneHotEncoder', { max_categories: 2 })).toEqual(golden.oneHotOfTwo);
  expect(encoded('ordinalEncoder', {})).toEqual(golden.ordinal.map((number) => [number]));
});

it('the distribution that a sample was drawn from is the nearest', () => {
  const nearest = (name: string) => fitDistributions(Float64Array.from(golden.samples[name]).sort())[0].name;
  expect(nearest('uniform')).toBe('uniform');
  expect(nearest('lognormal')).toBe('lognorm');
});

it('missing values come from the nearest rows, as of KNNImputer', () => {
  const width = golden.filled[0].length;
  const columns = Array.from({ length: width }, (_, column) =>
    Float64Array.from(golden.holes, (row) => row[column] ?? Number.NaN),
  );
  const { model } = nearestImputer.fit(columns, nearestImputer.params.parse({}), {});
  nearestImputer.fill(model, columns).forEach((values, column) => {
    values.forEach((value, row) => {
      expect(value, `row ${row}, column ${column}`).toBeCloseTo(golden.filled[row][column], 9);
    });
  });
});

it('an isolation forest scores rows as those of scikit-learn do, seed apart', () => {
  const X = matrixOf(golden.wine);
  const seeds = Array.from({ length: 20 }, (_, seed) => seed);
  const all = seeds.map((seed) => {
    const { model } = isolationForest.fit(X, isolationForest.params.parse({ seed }), {});
    return isolationForest.score(model, X);
  });
  const { mean, deviation } = golden.forest;
  let far = 0;
  mean.forEach((expected, row) => {
    const own = all.reduce((sum, scores) => sum + scores[row], 0) / seeds.length;
    // Both are means of twenty forests.
    if (Math.abs(own - expected) > 4 * deviation[row] * Math.sqrt(2 / seeds.length)) far++;
  });
  expect(far).toBeLessThanOrEqual(1);
});

it('texts are hashed into the columns of FeatureHasher', () => {
  const row = new Float64Array(8);
  golden.words.forEach((word, at) => {
    if (word === '') return; // FeatureHasher leaves an empty text out.
    hashingEncoder.encode(word, new Map(), row, 0, 8);
    expect(Array.from(row), word).toEqual(golden.hashed[at]);
  });
});
