import { FIRST_ADDRESS } from '../wasm-module.ts';
import { type BinCuts, cutBins } from './bin-cuts.ts';
import type { Columns } from './columns.ts';
import {
  BINS,
  FEATURES_PER_GROUP,
  GROUP_HISTOGRAM_BYTES,
  type Kernel,
  type KernelFactory,
  NO_BIN,
  PAIR,
} from './kernel.ts';

/** A training table in bins, and the places of everything that growing a tree needs in the kernel's memory. */
export interface BinnedData {
  readonly kernel: Kernel;
  readonly rows: number;
  readonly features: number;
  readonly groups: number;
  readonly cuts: readonly BinCuts[];
  /** Bytes of all features' histograms of one leaf. */
  readonly histogramBytes: number;
  /** Addresses. Histograms: one per leaf. Rows: the row numbers, leaf after leaf. Pairs: (hessian, gradient) by row. */
  readonly bins: number;
  readonly pairs: number;
  readonly rowList: number;
  readonly scratch: number;
  readonly ordered: number;
  readonly histograms: number;
  readonly split: number;
}

export function binData(X: Columns, maxBins: number, leaves: number, createKernel: KernelFactory): BinnedData {
  const features = X.columns.length;
  const groups = Math.ceil(features / FEATURES_PER_GROUP);
  const histogramBytes = groups * GROUP_HISTOGRAM_BYTES;
  let end = 0;
  const reserve = (bytes: number): number => {
    const at = end;
    end += Math.ceil(bytes / 64) * 64;
    return at;
  };
  reserve(FIRST_ADDRESS);
  const bins = reserve(groups * X.rows * FEATURES_PER_GROUP);
  const pairs = reserve(X.rows * PAIR);
  const rowList = reserve(X.rows * 4);
  const scratch = reserve(X.rows * 4);
  const ordered = reserve(X.rows * PAIR);
  const histograms = reserve(leaves * histogramBytes);
  const split = reserve(64);
  const kernel = createKernel(end);
  // Before the first tree, the places of ordered pairs and of histograms are free for the column in work and its bounds.
  const values = new Float32Array(kernel.buffer, ordered, X.rows);
  const bounds = new Float32Array(kernel.buffer, histograms, BINS);
  const cuts = X.columns.map((column, feature) => {
    const cut = cutBins(column, maxBins);
    values.set(column);
    bounds.fill(Number.POSITIVE_INFINITY).set(cut.bounds);
    kernel.assignBins(ordered, X.rows, histograms, cut.bounds.length + 1, binAddress(bins, X.rows, feature));
    return cut;
  });
  return {
    kernel,
    rows: X.rows,
    features,
    groups,
    cuts,
    histogramBytes,
    bins,
    pairs,
    rowList,
    scratch,
    ordered,
    histograms,
    split,
  };
}

/** Address of a feature's bin of row 0; the next row's is FEATURES_PER_GROUP bytes on. */
export const binAddress = (bins: number, rows: number, feature: number): number =>
  bins + Math.floor(feature / FEATURES_PER_GROUP) * rows * FEATURES_PER_GROUP + (feature % FEATURES_PER_GROUP);

export const missingBinOf = (cuts: BinCuts): number => (cuts.missing ? cuts.bounds.length + 1 : NO_BIN);
