import type { z } from 'zod';
import type { Columns } from './boosting/columns.ts';
import type { TrainingData } from './boosting/training-data.ts';
import type { StatTest } from './drift/evidently/stat-test.ts';
import type { Interactions } from './recommendation/interactions.ts';

/**
 * What an algorithm of the registry is: a value that names itself, describes its hyper-parameters, and holds functions.
 * Learnt models are plain data (numbers, texts, typed arrays), apart from hyper-parameters; fitting twice with the same data,
 * parameters and seed gives the same model.
 *
 * Each `kind` has one shape and, in test/contract.test.ts, one set of promises that all of its members are held to.
 */
interface Described<Params extends z.ZodObject> {
  /** Also the name of its export in algorithms.ts. */
  readonly name: string;
  readonly title: string;
  /** Every parameter has a default and a description; z.toJSONSchema gives the form to fill in. */
  readonly params: Params;
}

interface Saved<Model> {
  readonly modelVersion: number;
  /** What a model is made of; a saved one is checked against it. */
  readonly model: z.ZodType<Model>;
}

/** Learns to order rows, or to tell relevant ones apart. */
export interface Ranker<Params extends z.ZodObject, Model extends object> extends Described<Params>, Saved<Model> {
  readonly kind: 'ranker';
  fit(data: TrainingData, params: z.output<Params>): Model;
  /** Raw scores, the higher the more relevant. */
  score(model: Model, X: Columns): Float64Array;
  /** What each feature adds to the score of a row, and last the base; they add up to the score. */
  explain(model: Model, row: Float32Array): Float64Array;
}

/** Learns probabilities from raw scores; never changes their order. */
export interface Calibrator<Params extends z.ZodObject, Model extends object> extends Described<Params>, Saved<Model> {
  readonly kind: 'calibrator';
  fit(scores: ArrayLike<number>, labels: ArrayLike<number>, params: z.output<Params>): Model;
  probability(model: Model, score: number): number;
}

/** Learns from who used what which items suit a user. */
export interface Recommender<Params extends z.ZodObject, Model extends object> extends Described<Params>, Saved<Model> {
  readonly kind: 'recommender';
  fit(interactions: Interactions, params: z.output<Params>): Model;
  /** A score for every item, for one user that the model was fitted on. */
  scores(model: Model, user: number): Float64Array;
}

/** Counts of two samples over the same bins. */
export interface BinnedSamples {
  readonly reference: ArrayLike<number>;
  readonly current: ArrayLike<number>;
  /** The bins' values, ascending, where they are numbers. */
  readonly values?: ArrayLike<number>;
}

/** Says how far two samples are apart. */
export interface DriftTest<Params extends z.ZodObject> extends Described<Params> {
  readonly kind: 'drift_test';
  /** What it takes bins for: categories in any order, steps of a scale, or numbers, so that it needs their values. */
  readonly bins: 'categories' | 'steps' | 'numbers';
  compare(samples: BinnedSamples, params: z.output<Params>): { readonly statistic: number; readonly pValue?: number };
}

/**
 * The identity; each checks an entry's shape while its own types are inferred. A list of mixed entries cannot know the types of
 * their parameters and models, so it holds them as AnyAlgorithm.
 */
export const defineRanker = <P extends z.ZodObject, M extends object>(entry: Ranker<P, M>): Ranker<P, M> => entry;
export const defineCalibrator = <P extends z.ZodObject, M extends object>(entry: Calibrator<P, M>): Calibrator<P, M> =>
  entry;
export const defineRecommender = <P extends z.ZodObject, M extends object>(
  entry: Recommender<P, M>,
): Recommender<P, M> => entry;
export const defineDriftTest = <P extends z.ZodObject>(entry: DriftTest<P>): DriftTest<P> => entry;

/** Methods, not function properties, above: their parameters compare loosely, which lets every entry fit here. */
export type AnyAlgorithm =
  | Ranker<z.ZodObject, object>
  | Calibrator<z.ZodObject, object>
  | Recommender<z.ZodObject, object>
  | DriftTest<z.ZodObject>
  | StatTest;
