/**
 * The inner loops of boosting, over one block of memory that all of them share. Addresses are in bytes.
 *
 * Gradients are integers: a row's pair (hessian, gradient) is two int32, and a histogram bin is the same pair summed. Integer
 * sums do not depend on their order, so neither the number of threads nor the implementation of a kernel shows in a model.
 *
 * Bins are kept in groups of eight features: the eight bins of a row lie side by side, so that one load serves eight histograms.
 */
export interface Kernel {
  readonly buffer: ArrayBuffer;
  /** The bin of each float32 value, written to every eighth byte. `bounds`: 255 rising float32, filled up with infinity. */
  assignBins(values: number, count: number, bounds: number, missingBin: number, out: number): void;
  /** ordered[i] = pairs[rows[i]] for i < count. */
  gather(rows: number, count: number, pairs: number, ordered: number): void;
  /** The histograms of one group of features over the given rows. `bins` is the group's address; 8 x 256 pairs are written. */
  histogram(bins: number, rows: number, ordered: number, count: number, histogram: number): void;
  /** parent -= child, pair by pair; an even number of them. */
  subtract(parent: number, child: number, pairs: number): void;
  /**
   * Reorders `rows` in place, those with bin <= threshold (and those with the missing bin, if it goes left) first, order kept
   * otherwise. `bins` is the address of the feature's bin of row 0. @returns how many went left.
   */
  partition(bins: number, rows: number, count: number, threshold: number, missingBin: number, scratch: number): number;
  /**
   * The best split of one feature in one leaf. `missing` is 1 where the feature has a missing bin (after its value bins);
   * `direction` is that of the monotone constraint; `lower` and `upper` bound the children's values. Sums and `minHessian` are
   * in integer steps, the units say what a step is worth.
   * @returns its score (loss lowered, up to a factor of two, against values of zero), or -Infinity where there is none; to
   * `out` five doubles: threshold bin, 1 if missing goes left, hessian and gradient sums of the left side, hessian of the
   * missing.
   */
  scan(
    histogram: number,
    valueBins: number,
    missing: number,
    hessianSum: number,
    gradientSum: number,
    hessianUnit: number,
    gradientUnit: number,
    minHessian: number,
    lambda: number,
    direction: number,
    lower: number,
    upper: number,
    out: number,
  ): number;
  /**
   * Pairs one row of a group with `count` rows of the other class that rank below it; see lambda-gradients.ts. The five arrays
   * are doubles of those rows, derivatives added in place. `out` gets the sums of the first and second derivatives' sizes.
   */
  pairRow(
    score: number,
    e: number,
    v: number,
    gradient: number,
    hessian: number,
    count: number,
    ownScore: number,
    ownE: number,
    u: number,
    unit: number,
    isPositive: number,
    spread: number,
    out: number,
  ): void;
}

/** Gives kernels over a memory of that many bytes, all zero. */
export type KernelFactory = (bytes: number) => Kernel;

export const FEATURES_PER_GROUP = 8;
export const BINS = 256;
/** Bytes of a (hessian, gradient) pair. */
export const PAIR = 8;
export const GROUP_HISTOGRAM_BYTES = FEATURES_PER_GROUP * BINS * PAIR;
/** No missing bin: larger than any bin, so that no row matches. */
export const NO_BIN = 256;
