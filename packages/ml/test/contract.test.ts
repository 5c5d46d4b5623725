/** What every algorithm of the list promises, whatever it does inside. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toRowMajor } from '../src/boosting/columns.ts';
import {
  type ColumnType,
  categoricalSamples,
  countedSamples,
  countsByValue,
  numericalSamples,
} from '../src/drift/evidently/samples.ts';
import { isDrifted } from '../src/drift/evidently/stat-test.ts';
import { MlError } from '../src/errors.ts';
import { type Matrix, takeRows, zeros } from '../src/matrix.ts';
import { Random } from '../src/random.ts';
import type { Interactions } from '../src/recommendation/interactions.ts';
import { algorithmNames, algorithmsOf, loadModel, paramsSchema, registry, saveModel } from '../src/registry.ts';
import { sampleRows } from './sample-rows.ts';

const reordered = <T extends Float32Array | Float64Array | Uint8Array>(values: T, order: Int32Array): T =>
  values.map((_, at) => values[order[at]]) as T;

const shuffled = (length: number) => new Random(3).shuffle(Int32Array.from({ length }, (_, at) => at));

/** Saved, loaded and saved again; damaged bytes are refused by code. */
function expectSaves(algorithm: Parameters<typeof saveModel>[0], model: object): object {
  const bytes = saveModel(algorithm, model);
  const again = loadModel(algorithm, bytes);
  expect(again).toEqual(model);
  expect(saveModel(algorithm, again)).toEqual(bytes);
  const refusal = (damaged: Uint8Array) => {
    try {
      return loadModel(algorithm, damaged);
    } catch (error) {
      return error instanceof MlError && error.code;
    }
  };
  expect(refusal(bytes.subarray(0, bytes.length - 8))).toBe('BAD_MODEL_BYTES');
  expect(refusal(new Uint8Array(50))).toBe('BAD_MODEL_BYTES');
  expect(refusal(saveModel({ ...algorithm, modelVersion: algorithm.modelVersion + 1 }, model))).toBe('BAD_MODEL_BYTES');
  expect(refusal(saveModel(algorithm, {}))).toBe('BAD_MODEL_BYTES');
  return again;
}

/** Of a JSON Schema's properties, which hold only beside certain values of others. */
const conditional = z.record(
  z.string(),
  z.object({ appliesWhen: z.record(z.string(), z.array(z.unknown()).min(1)).optional() }),
);

describe.each(algorithmNames)('%s', (name) => {
  const algorithm = registry[name];

  it('is called as it is listed and has a title', () => {
    expect(algorithm.name).toBe(name);
    expect(algorithm.title.length).toBeGreaterThan(2);
  });

  it('describes parameters that all have defaults', () => {
    const defaults = algorithm.params.parse({});
    expect(algorithm.params.parse(defaults)).toEqual(defaults);
    const schema = paramsSchema(name);
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    expect(Object.keys(schema.properties ?? {})).toEqual(Object.keys(algorithm.params.shape));
    expect(schema.required ?? []).toEqual([]);
    for (const [parameter, { appliesWhen = {} }] of Object.entries(conditional.parse(schema.properties ?? {}))) {
      for (const [other, values] of Object.entries(appliesWhen)) {
        expect(other).not.toBe(parameter);
        for (const value of values) expect(algorithm.params.safeParse({ [other]: value }).success).toBe(true);
        expect(Object.keys(algorithm.params.shape)).toContain(other);
      }
    }
    expect(() => z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])).not.toThrow();
  });
});

describe.each(algorithmsOf('ranker'))('ranker $name', (ranker) => {
  const train = sampleRows(1200, 6, 1);
  const params = ranker.params.parse({});
  const model = ranker.fit(train, params);
  const scores = ranker.score(model, train.X);

  it('same data and seed, same bytes; saved and loaded, same scores', () => {
    const bytes = saveModel(ranker, model);
    expect(saveModel(ranker, ranker.fit(sampleRows(1200, 6, 1), params))).toEqual(bytes);
    expect(ranker.score(expectSaves(ranker, model), train.X)).toEqual(scores);
  });

  it('scores a row the same wherever it stands', () => {
    const order = shuffled(1200);
    const columns = train.X.columns.map((column) => reordered(column, order));
    expect(ranker.score(model, { ...train.X, columns })).toEqual(reordered(scores, order));
  });

  it('puts relevant rows higher', () => {
    const meanOf = (label: number) => {
      const own = scores.filter((_, row) => train.y[row] === label);
      return own.reduce((sum, score) => sum + score, 0) / own.length;
    };
    expect(meanOf(1)).toBeGreaterThan(meanOf(0));
  });

  it('explains a score by parts that add up to it', () => {
    const rows = toRowMajor(train.X);
    for (let row = 0; row < 20; row++) {
      const parts = ranker.explain(model, rows.subarray(6 * row, 6 * row + 6));
      expect(parts.length).toBe(7);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(scores[row], 9);
    }
  });
});

describe.each(algorithmsOf('calibrator'))('calibrator $name', (calibrator) => {
  const random = new Random(2);
  const scores = Float64Array.from({ length: 2000 }, () => random.normal());
  const labels = Uint8Array.from(scores, (score) => (random.uniform() < 1 / (1 + Math.exp(2 - score)) ? 1 : 0));
  const params = calibrator.params.parse({});
  const model = calibrator.fit(scores, labels, params);

  it('is the same for the same data, saved and loaded too', () => {
    expect(calibrator.fit(scores, labels, params)).toEqual(model);
    expectSaves(calibrator, model);
  });

  it('gives probabilities in the order of the scores, right on average', () => {
    const probabilities = scores.toSorted().map((score) => calibrator.probability(model, score));
    probabilities.forEach((probability, at) => {
      expect(probability).toBeGreaterThan(at > 0 ? probabilities[at - 1] : 0);
      expect(probability).toBeLessThan(1);
    });
    const mean = probabilities.reduce((sum, probability) => sum + probability, 0) / 2000;
    expect(mean).toBeCloseTo(labels.reduce((sum, label) => sum + label, 0) / 2000, 2);
  });
});

describe.each(algorithmsOf('recommender'))('recommender $name', (recommender) => {
  /** Even users use even items, odd users odd ones, six of thirty each. */
  const interactions = ((): Interactions => {
    const item = Int32Array.from({ length: 240 }, (_, at) => {
      const user = Math.floor(at / 6);
      return (user % 2) + 2 * ((user * 7 + (at % 6) * 2) % 15);
    });
    for (let user = 0; user < 40; user++) item.subarray(6 * user, 6 * user + 6).sort();
    const offsets = Int32Array.from({ length: 41 }, (_, user) => 6 * user);
    return { rows: 40, items: 30, offsets, item, weight: new Float32Array(240).fill(1) };
  })();
  const params = recommender.params.parse({});
  const model = recommender.fit(interactions, params);

  it('is the same for the same data and seed, saved and loaded too', () => {
    expect(recommender.fit(interactions, params)).toEqual(model);
    const again = expectSaves(recommender, model);
    expect(recommender.scores(again, 3)).toEqual(recommender.scores(model, 3));
  });

  it("prefers a user's kind of items, those included that the user has not used", () => {
    for (let user = 0; user < 40; user++) {
      const scores = recommender.scores(model, user);
      const used = new Set(interactions.item.subarray(6 * user, 6 * user + 6));
      const meanOf = (parity: number) => {
        const fresh = scores.filter((_, item) => item % 2 === parity && !used.has(item));
        return fresh.reduce((sum, score) => sum + score, 0) / fresh.length;
      };
      expect(meanOf(user % 2)).toBeGreaterThan(meanOf(1 - (user % 2)));
    }
  });
});

describe.each(algorithmsOf('drift_test'))('drift test $name', (test) => {
  const params = test.params.parse({});
  const values = Array.from({ length: 20 }, (_, bin) => bin);
  /** A bell over twenty bins, its middle moved by some bins. */
  const bell = (shift: number) =>
    values.map((bin) => Math.round(10_000 * Math.exp(-(((bin - 9 - shift) / 4) ** 2))) + 1);
  const against = (shift: number) => test.compare({ reference: bell(0), current: bell(shift), values }, params);

  it('finds nothing between equal samples, whatever their size', () => {
    expect(against(0).statistic).toBeCloseTo(0, 12);
    const doubled = bell(0).map((count) => 2 * count);
    const same = test.compare({ reference: bell(0), current: doubled, values }, params);
    expect(same.statistic).toBeCloseTo(0, 12);
    expect(same.pValue ?? 1).toBeGreaterThan(0.5);
  });

  it('finds the more the further they are apart', () => {
    const statistics = [0, 1, 2, 4].map((shift) => against(shift).statistic);
    expect(statistics.toSorted((a, b) => a - b)).toEqual(statistics);
    expect(new Set(statistics).size).toBe(4);
    expect(against(4).pValue ?? 0).toBeLessThan(1e-6);
  });

  it('takes bins for what it says', () => {
    const order = shuffled(20);
    const pick = (counts: readonly number[]) => Array.from(order, (at) => counts[at]);
    const mixed = () => test.compare({ reference: pick(bell(0)), current: pick(bell(2)) }, params).statistic;
    if (test.bins === 'numbers') expect(mixed).toThrow(MlError);
    else if (test.bins === 'categories') expect(mixed()).toBeCloseTo(against(2).statistic, 9);
    else expect(Math.abs(mixed() - against(2).statistic)).toBeGreaterThan(1e-3);
  });
});

describe.each(algorithmsOf('imputer'))('imputer $name', (imputer) => {
  const random = new Random(6);
  const columns = Array.from({ length: 3 }, () =>
    Float64Array.from({ length: 300 }, (_, row) => (row % 7 === 1 ? Number.NaN : random.below(5))),
  );
  const params = imputer.params.parse({});
  const { model } = imputer.fit(columns, params, {});

  it('fills all that is missing and nothing else, saved and loaded too', () => {
    const filled = imputer.fill(expectSaves(imputer, model), columns);
    filled.forEach((values, column) => {
      values.forEach((value, row) => {
        if (row % 7 === 1) expect(Number.isFinite(value)).toBe(true);
        else expect(value).toBe(columns[column][row]);
      });
    });
    expect(columns[0][1]).toBeNaN();
    expect(imputer.fit(columns, params, {}).model).toEqual(model);
    if (imputer.takes === 'codes') expect(filled.flatMap((values) => [...values]).every(Number.isInteger)).toBe(true);
  });
});

describe.each(algorithmsOf('outlier_fence'))('outlier fence $name', (fence) => {
  it('leaves a bell alone, finds what is far from it on either side, and moves with the values', () => {
    const random = new Random(7);
    const bell = Float64Array.from({ length: 500 }, () => random.normal()).sort();
    const params = fence.params.parse({});
    const [low, high] = fence.bounds(bell, params);
    expect(bell.filter((value) => value < low || value > high).length).toBeLessThan(10);
    const both = Float64Array.of(-40, ...bell, 40);
    const [lower, higher] = fence.bounds(both, params);
    expect(lower).toBeGreaterThan(-40);
    expect(higher).toBeLessThan(40);
    const moved = fence.bounds(
      bell.map((value) => 3 * value + 5),
      params,
    );
    expect(moved[0]).toBeCloseTo(3 * low + 5, 9);
    expect(moved[1]).toBeCloseTo(3 * high + 5, 9);
  });
});

describe.each(algorithmsOf('outlier_detector'))('outlier detector $name', (detector) => {
  const random = new Random(8);
  const X = { rows: 300, columns: 4, data: Float64Array.from({ length: 1200 }, () => random.normal()) };
  X.data.fill(9, 4 * 17, 4 * 18);
  const params = detector.params.parse({});
  const { model } = detector.fit(X, params, {});

  it('scores the strangest row lowest; same seed, same bytes; saved and loaded, same scores', () => {
    const scores = detector.score(model, X);
    expect(scores.indexOf(Math.min(...scores))).toBe(17);
    expect(detector.outliers(model, X)[17]).toBe(1);
    expect(saveModel(detector, detector.fit(X, params, {}).model)).toEqual(saveModel(detector, model));
    expect(detector.score(expectSaves(detector, model), X)).toEqual(scores);
    expect(detector.memory(X.rows, X.columns, params)).toBeGreaterThan(saveModel(detector, model).length);
  });
});

describe.each(algorithmsOf('power_transform'))('power transform $name', (transform) => {
  it('keeps the order of values, and has an exponent that is the same for values in another order', () => {
    const random = new Random(9);
    const shift = transform.least === Number.NEGATIVE_INFINITY ? -2 : 0;
    const values = Float64Array.from({ length: 400 }, () => Math.exp(random.normal()) + shift).sort();
    const exponent = transform.fit(values, {});
    const bent = transform.apply(values, exponent);
    for (let at = 1; at < 400; at++) expect(bent[at]).toBeGreaterThan(bent[at - 1]);
    const other = transform.fit(reordered(values, shuffled(400)), {});
    if (Number.isNaN(exponent)) expect(other).toBeNaN();
    else expect(other).toBeCloseTo(exponent, 6);
    if (transform.least > Number.NEGATIVE_INFINITY)
      expect(transform.apply(Float64Array.of(transform.least - 1), exponent)[0]).toBeGreaterThan(
        Number.NEGATIVE_INFINITY,
      );
  });
});

describe.each(algorithmsOf('scaler'))('scaler $name', (scaler) => {
  it('undoes shift and scale, and is safe with values that are all the same', () => {
    const random = new Random(10);
    const values = Float64Array.from({ length: 200 }, () => random.normal());
    const scaled = (own: Float64Array) => {
      const { center, scale } = scaler.fit(own, {});
      return own.map((value) => (value - center) / scale);
    };
    const moved = scaled(values.map((value) => 100 + 7 * value));
    scaled(values).forEach((value, at) => {
      expect(moved[at]).toBeCloseTo(value, 9);
    });
    expect(scaled(new Float64Array(5).fill(3))).toEqual(new Float64Array(5));
  });
});

describe.each(algorithmsOf('encoder'))('encoder $name', (encoder) => {
  it('gives a text the same numbers in any order of the categories, and takes missing and new ones', () => {
    const codes = Float64Array.from({ length: 90 }, (_, row) => (row === 5 ? Number.NaN : row % 3));
    const texts = ['red', 'green', 'blue'];
    const params = encoder.params.parse({});
    const row = (order: readonly number[], text: string | undefined) => {
      const places = order.map((_, at) => order.indexOf(at));
      const fitted = encoder.fit(
        codes.map((code) => places[code] ?? Number.NaN),
        order.map((at) => texts[at]),
        params,
      );
      const width = fitted.outputs.length;
      const numbers = new Float64Array(width + 2).fill(0.5);
      encoder.encode(text, new Map(fitted.categories.map((one, at) => [one, at])), numbers, 1, width);
      expect(numbers[0]).toBe(0.5);
      expect(numbers[width + 1]).toBe(0.5);
      return numbers.slice(1, width + 1);
    };
    for (const text of [...texts, 'new', undefined]) {
      expect(row([2, 0, 1], text)).toEqual(row([0, 1, 2], text));
      expect(row([0, 1, 2], text).every(Number.isFinite)).toBe(true);
    }
    expect(new Set(texts.map((text) => row([0, 1, 2], text).join())).size).toBe(3);
  });
});

/** Three heaps of rows in six columns, of which the fifth repeats the first and the sixth is of small numbers. */
function heapsOfRows(rows: number, seed: number): Matrix {
  const random = new Random(seed);
  const X = zeros(rows, 6);
  for (let row = 0; row < rows; row++) {
    const heap = row % 3;
    for (let column = 0; column < 4; column++) X.data[row * 6 + column] = (column === heap ? 6 : 0) + random.normal();
    X.data[row * 6 + 4] = 2 * X.data[row * 6] + 0.1 * random.normal();
    X.data[row * 6 + 5] = 0.01 * random.normal();
  }
  return X;
}

describe.each(algorithmsOf('selector'))('selector $name', (selector) => {
  const X = heapsOfRows(240, 11);
  const params = selector.params.parse({});
  const { selected, scores } = selector.fit(X, params, {});

  it('keeps some columns, ascending, and scores all', () => {
    expect(scores.length).toBe(6);
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(selected.length).toBeGreaterThan(0);
    expect(Array.from(selected)).toEqual([...new Set(selected)].sort((a, b) => a - b));
    expect(selected.every((column) => column >= 0 && column < 6)).toBe(true);
    expect(selector.memory(240, 6, params)).toBeGreaterThan(0);
  });

  it('chooses the same again, and in rows of another order', () => {
    expect(selector.fit(X, params, {})).toEqual({ selected, scores, approximations: [] });
    expect(selector.fit(takeRows(X, shuffled(240)), params, {}).selected).toEqual(selected);
  });

  it('refuses what is no table of finite numbers', () => {
    expect(() => selector.fit(zeros(0, 6), params, {})).toThrow(MlError);
    const bad = zeros(240, 6);
    bad.data[7] = Number.NaN;
    expect(() => selector.fit(bad, params, {})).toThrow(MlError);
  });
});

describe.each(algorithmsOf('reducer'))('reducer $name', (reducer) => {
  const X = heapsOfRows(240, 12);
  const params = reducer.params.parse({});
  const { model, Z } = reducer.fit(X, params, {});

  it('gives every row a place; same seed, same bytes', () => {
    expect(Z.rows).toBe(240);
    expect(Z.columns).toBeGreaterThan(0);
    expect(Z.data.length).toBe(Z.rows * Z.columns);
    expect(Z.data.every(Number.isFinite)).toBe(true);
    const again = reducer.fit(X, params, {});
    expect(saveModel(reducer, again.model)).toEqual(saveModel(reducer, model));
    expect(again.Z).toEqual(Z);
    expect(reducer.memory(240, 6, params)).toBeGreaterThan(0);
  });

  it('gives new rows places of as many columns, saved and loaded too, each by itself', () => {
    const others = heapsOfRows(30, 13);
    const places = reducer.transform(model, others, {});
    expect([places.rows, places.columns]).toEqual([30, Z.columns]);
    expect(places.data.every(Number.isFinite)).toBe(true);
    expect(reducer.transform(expectSaves(reducer, model), others, {})).toEqual(places);
    const last = reducer.transform(model, takeRows(others, [29]), {});
    // What is drawn by chance depends on a row's place among the others, so that such places are only about the same.
    const digits = 'negative_sample_rate' in reducer.params.shape ? 0 : 9;
    last.data.forEach((value, column) => {
      expect(value).toBeCloseTo(places.data[29 * Z.columns + column], digits);
    });
    expect(() => reducer.transform(model, zeros(3, 5), {})).toThrow(MlError);
  });

  it.runIf(reducer.errors)('tells what rows lose, each by itself, more where they are strange', () => {
    const errorsOf = (rows: Matrix) => reducer.errors?.(model, rows, {}) ?? new Float64Array(0);
    const errors = errorsOf(X);
    expect(errors).toHaveLength(240);
    expect(errors.every((error) => error >= 0 && Number.isFinite(error))).toBe(true);
    expect(errorsOf(takeRows(X, [7]))[0]).toBe(errors[7]);
    const strange = { ...X, data: X.data.map((value, at) => (at % 6 === 5 ? value + 50 : value)) };
    expect(Math.min(...errorsOf(strange))).toBeGreaterThan(Math.max(...errors));
    expect(() => errorsOf(zeros(3, 5))).toThrow(MlError);
  });

  it('can be given up while it works', () => {
    const giveUp = () => {
      throw new Error('given up');
    };
    expect(() => reducer.fit(heapsOfRows(3000, 14), params, { progress: giveUp })).toThrow('given up');
  });

  it('refuses what is no table of finite numbers', () => {
    const bad = zeros(240, 6);
    bad.data[7] = Number.POSITIVE_INFINITY;
    expect(() => reducer.fit(bad, params, {})).toThrow(MlError);
  });
});

describe.each(algorithmsOf('stat_test'))("Evidently's test $name", (statTest) => {
  const [type] = statTest.types;
  /** Two categories or 40 values (fisher_exact knows no more categories); the higher ones the likelier, the higher the shift. */
  const draw = (size: number, shift: number, seed: number) => {
    const random = new Random(seed);
    return Array.from({ length: size }, () =>
      type === 'cat' ? Number(random.uniform() < 0.4 + shift / 4) : Math.round(4 * (random.normal() + shift)),
    );
  };
  const samplesOf = (kind: ColumnType, reference: number[], current: number[]) =>
    kind === 'cat' ? categoricalSamples(reference, current) : numericalSamples(reference, current);
  const [reference, other] = [draw(600, 0, 1), draw(400, 2, 3)];

  it('tells equal samples from samples of two laws', () => {
    const scores = [reference.toReversed(), other].map((current) =>
      statTest.score(samplesOf(type, reference, current)),
    );
    expect(isDrifted(statTest, scores[0])).toBe(false);
    expect(isDrifted(statTest, scores[1])).toBe(true);
  });

  it('scores counts as it scores the rows that they count, in whatever order', () => {
    for (const kind of statTest.types) {
      const samples = samplesOf(kind, reference, other);
      const { values, ...counts } = countsByValue(samples);
      const counted = statTest.score(countedSamples(kind, values, counts.reference, counts.current));
      // Random permutations go by rows: equal in law alone.
      expect(counted).toBeCloseTo(statTest.score(samples), statTest.name === 'TVD' ? 1 : 9);
      const mixed = samplesOf(kind, reference.toReversed(), other.toReversed());
      expect(counted).toBeCloseTo(statTest.score(mixed), statTest.name === 'TVD' ? 1 : 9);
    }
  });

  it("has Evidently's threshold as the default of its parameter", () => {
    expect(statTest.params.parse({})).toEqual({ threshold: statTest.threshold });
    expect(statTest.params.safeParse({ threshold: -1 }).success).toBe(false);
  });
});
