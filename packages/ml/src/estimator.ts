import type { z } from 'zod';
import type { Columns } from './boosting/columns.ts';
import type { TrainingData } from './boosting/training-data.ts';
import type { StatTest } from './drift/evidently/stat-test.ts';
import type { Matrix } from './matrix.ts';
import type { Interactions } from './recommendation/interactions.ts';
import type { Threads } from './threads.ts';

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

/** What a fit may use besides its data. Its result never depends on it. */
export interface FitContext {
  readonly threads?: Threads;
  /** Told the share done, 0..1; throws where the fit is to be given up. */
  readonly progress?: (done: number) => void;
  /** Told figures of the fit's course, such as the loss after each epoch (`step`, from 1). */
  readonly metric?: (name: string, value: number, step: number) => void;
}

/** Where a method does not do what its definition says to the letter, so that it can be afforded; shown beside the result. */
export interface Approximation {
  /** What was left out, sampled or merged, in a sentence. */
  readonly text: string;
  /** How far from the exact result it is where that was measured, as `measure` says; and on how many rows. */
  readonly error?: number;
  readonly measure?: string;
  readonly rows?: number;
}

export interface Fitted<Model> {
  readonly model: Model;
  readonly approximations: readonly Approximation[];
}

interface Sized<Params extends z.ZodObject> {
  /** Bytes that a fit needs at the most, beside the data: a job that has less is refused before it starts. */
  memory(rows: number, columns: number, params: z.output<Params>): number;
}

/** Puts rows into groups. */
export interface Clusterer<Params extends z.ZodObject, Model extends object>
  extends Described<Params>,
    Saved<Model>,
    Sized<Params> {
  readonly kind: 'clusterer';
  /** A label of 0.. for each row, -1 for noise. Clusters are numbered by their first row. */
  fit(X: Matrix, params: z.output<Params>, context: FitContext): Fitted<Model> & { readonly labels: Int32Array };
  /** The parameters that ask the same of a share of the rows, where the method counts rows within a distance. */
  forSample?(params: z.output<Params>, share: number): z.output<Params>;
  readonly placing: Placing;
  /** Other rows: their labels, and how near or likely these are. */
  place(model: Model, X: Matrix, context: FitContext): Placed;
  /** The labels alone. */
  predict(model: Model, X: Matrix, context: FitContext): Int32Array;
}

/** How a clusterer gives labels to rows that it was not fitted on. */
export interface Placing {
  /** In a sentence, for whoever reads the labels. */
  readonly rule: string;
  /** The method itself says so; otherwise it only labels the rows that it was fitted on, and the rule is ours. */
  readonly natural: boolean;
  /** What `Placed.values` are. */
  readonly value: 'distance' | 'probability';
}

export interface Placed {
  /** -1 for noise. */
  readonly labels: Int32Array;
  /** Of each row: the distance to what gave it its label (of noise: to what is nearest; infinite where nothing is), or the probability of the label. */
  readonly values: Float64Array;
}

/** Puts rows into fewer columns. */
export interface Reducer<Params extends z.ZodObject, Model extends object>
  extends Described<Params>,
    Saved<Model>,
    Sized<Params> {
  readonly kind: 'reducer';
  /** `Z` are the fitted rows in new columns; with methods that learn places of rows it is not what transform gives them. */
  fit(X: Matrix, params: z.output<Params>, context: FitContext): Fitted<Model> & { readonly Z: Matrix };
  /** Other rows in the new columns. */
  transform(model: Model, X: Matrix, context: FitContext): Matrix;
  /** Mean squared error of each row's values when given back, in their own units, where the method can give rows back. */
  errors?(model: Model, X: Matrix, context: FitContext): Float64Array;
  /** Why `transform` is no answer for new rows, and what to choose for one, where the method learns places of rows and no map. */
  readonly noNewRows?: string;
}

/** Chooses columns. */
export interface Selector<Params extends z.ZodObject> extends Described<Params>, Sized<Params> {
  readonly kind: 'selector';
  /** Which columns stay, ascending, and a score of each column, the higher the more it is worth. */
  fit(
    X: Matrix,
    params: z.output<Params>,
    context: FitContext,
  ): {
    readonly selected: Int32Array;
    readonly scores: Float64Array;
    readonly approximations: readonly Approximation[];
  };
}

/** Judges a clustering by the rows alone. */
export interface ClusterMetric<Params extends z.ZodObject> extends Described<Params>, Sized<Params> {
  readonly kind: 'cluster_metric';
  /** Its definition in a sentence, with range. */
  readonly definition: string;
  readonly greaterIsBetter: boolean;
  /** NaN where it is not defined, such as with one cluster; `interval` (95 %) and `rows` where it was taken on a sample. */
  score(
    X: Matrix,
    labels: Int32Array,
    params: z.output<Params>,
    context: FitContext,
  ): { readonly value: number; readonly rows?: number; readonly interval?: readonly [number, number] };
}

/** Fills what is missing. Columns are numbers with NaN where missing; of a text column they are the codes of its categories. */
export interface Imputer<Params extends z.ZodObject, Model extends object> extends Described<Params>, Saved<Model> {
  readonly kind: 'imputer';
  readonly takes: 'numbers' | 'codes';
  /** Every column has a value at least once. */
  fit(columns: readonly Float64Array[], params: z.output<Params>, context: FitContext): Fitted<Model>;
  /** New arrays without NaN; what was there stays as it was. */
  fill(model: Model, columns: readonly Float64Array[]): Float64Array[];
}

/** Says between which values a column's are no outliers. */
export interface OutlierFence<Params extends z.ZodObject> extends Described<Params> {
  readonly kind: 'outlier_fence';
  /** @param sorted ascending, without NaN, at least one. */
  bounds(sorted: Float64Array, params: z.output<Params>): readonly [low: number, high: number];
}

/** Finds outlying rows. */
export interface OutlierDetector<Params extends z.ZodObject, Model extends object>
  extends Described<Params>,
    Saved<Model>,
    Sized<Params> {
  readonly kind: 'outlier_detector';
  fit(X: Matrix, params: z.output<Params>, context: FitContext): Fitted<Model>;
  /** The lower, the more of an outlier. */
  score(model: Model, X: Matrix): Float64Array;
  /** 1 for an outlier. */
  outliers(model: Model, X: Matrix): Uint8Array;
}

/** Bends a column towards a normal distribution, keeping the order of its values. */
export interface PowerTransform<Params extends z.ZodObject> extends Described<Params> {
  readonly kind: 'power_transform';
  /** It is defined for values from here, or, where `open`, above here. */
  readonly least: number;
  readonly open: boolean;
  /** Its exponent, or NaN for one that has none. */
  fit(values: Float64Array, params: z.output<Params>): number;
  apply(values: Float64Array, exponent: number): Float64Array;
}

/** Brings a column to a common scale: (value - center) / scale, where scale is never 0. */
export interface Scaler<Params extends z.ZodObject> extends Described<Params> {
  readonly kind: 'scaler';
  fit(values: Float64Array, params: z.output<Params>): { readonly center: number; readonly scale: number };
}

/** Turns a text column into numbers. */
export interface Encoder<Params extends z.ZodObject> extends Described<Params> {
  readonly kind: 'encoder';
  /** The categories that it tells apart, and the names of its columns. `codes` index `categories`; NaN is a missing text. */
  fit(
    codes: Float64Array,
    categories: readonly string[],
    params: z.output<Params>,
  ): { readonly categories: readonly string[]; readonly outputs: readonly string[] };
  /** The numbers of one text, undefined where it is missing, into `row` from `at`; a text that it has not seen is no error. */
  encode(
    text: string | undefined,
    known: ReadonlyMap<string, number>,
    row: Float64Array,
    at: number,
    width: number,
  ): void;
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
export const defineClusterer = <P extends z.ZodObject, M extends object>(
  entry: Omit<Clusterer<P, M>, 'predict'>,
): Clusterer<P, M> => ({ ...entry, predict: (model, X, context) => entry.place(model, X, context).labels });
export const defineReducer = <P extends z.ZodObject, M extends object>(entry: Reducer<P, M>): Reducer<P, M> => entry;
export const defineSelector = <P extends z.ZodObject>(entry: Selector<P>): Selector<P> => entry;
export const defineClusterMetric = <P extends z.ZodObject>(entry: ClusterMetric<P>): ClusterMetric<P> => entry;
export const defineImputer = <P extends z.ZodObject, M extends object>(entry: Imputer<P, M>): Imputer<P, M> => entry;
export const defineOutlierFence = <P extends z.ZodObject>(entry: OutlierFence<P>): OutlierFence<P> => entry;
export const defineOutlierDetector = <P extends z.ZodObject, M extends object>(
  entry: OutlierDetector<P, M>,
): OutlierDetector<P, M> => entry;
export const definePowerTransform = <P extends z.ZodObject>(entry: PowerTransform<P>): PowerTransform<P> => entry;
export const defineScaler = <P extends z.ZodObject>(entry: Scaler<P>): Scaler<P> => entry;
export const defineEncoder = <P extends z.ZodObject>(entry: Encoder<P>): Encoder<P> => entry;

/** Methods, not function properties, above: their parameters compare loosely, which lets every entry fit here. */
export type AnyAlgorithm =
  | Ranker<z.ZodObject, object>
  | Calibrator<z.ZodObject, object>
  | Recommender<z.ZodObject, object>
  | DriftTest<z.ZodObject>
  | Clusterer<z.ZodObject, object>
  | Reducer<z.ZodObject, object>
  | Selector<z.ZodObject>
  | ClusterMetric<z.ZodObject>
  | Imputer<z.ZodObject, object>
  | OutlierFence<z.ZodObject>
  | OutlierDetector<z.ZodObject, object>
  | PowerTransform<z.ZodObject>
  | Scaler<z.ZodObject>
  | Encoder<z.ZodObject>
  | StatTest;
