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
import type { AnyAlgorithm } from '../src/estimator.ts';
import { Random } from '../src/random.ts';
import type { Interactions } from '../src/recommendation/interactions.ts';
import { algorithmNames, loadModel, paramsSchema, registry, saveModel } from '../src/registry.ts';
import { sampleRows } from './sample-rows.ts';

const ofKind = <Kind extends AnyAlgorithm['kind']>(kind: Kind) =>
  Object.values<AnyAlgorithm>(registry).filter(
    (algorithm): algorithm is Extract<AnyAlgorithm, { kind: Kind }> => algorithm.kind === kind,
  );

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
    expect(() => z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])).not.toThrow();
  });
});

describe.each(ofKind('ranker'))('ranker $name', (ranker) => {
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

describe.each(ofKind('calibrator'))('calibrator $name', (calibrator) => {
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

describe.each(ofKind('recommender'))('recommender $name', (recommender) => {
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

describe.each(ofKind('drift_test'))('drift test $name', (test) => {
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

describe.each(ofKind('stat_test'))("Evidently's test $name", (statTest) => {
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
