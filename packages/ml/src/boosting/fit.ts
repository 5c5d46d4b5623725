import { MlError } from '../errors.ts';
import { type BinnedData, binAddress, binData, missingBinOf } from './binned-data.ts';
import { toRowMajor } from './columns.ts';
import { createKernel } from './compiled-kernel.ts';
import type { KernelFactory } from './kernel.ts';
import { type GradientBoostingModel, joinTrees, type Tree } from './model.ts';
import { type Objective, objectiveOf } from './objective.ts';
import type { GradientBoostingParams } from './params.ts';
import { addTrees } from './predict.ts';
import { quantizeGradients } from './quantized-gradients.ts';
import { sampleTree } from './sampling.ts';
import { checkBothClasses, checkTrainingData, type TrainingData } from './training-data.ts';
import { type GrownTree, growTree } from './tree-grower.ts';

/**
 * Gradient boosting of histogram trees (Friedman 2001; Ke et al., "LightGBM", NIPS 2017): each tree is one Newton step on the
 * objective. The same data, parameters and seed give the same model to the byte.
 *
 * Time per tree: O(rows x features) for the histograms at the root and less below. Memory: about 8 bytes per row and group of
 * eight features, and 16 KB per leaf and group.
 *
 * @param valid rows that training does not see: with `earlyStoppingRounds` they decide how many trees are kept.
 * @param onRound called after each tree with its number from 1 and the metric on `valid`, or on the training rows without:
 *   NDCG or MAP at `truncation` for lambdarank, mean log-likelihood for binary; the higher the better. Returning false stops
 *   training after that tree. Without `valid` and without a callback no metric is computed.
 * @param kernels what runs the inner loops; the model does not depend on it.
 * @throws MlError SHAPE_MISMATCH, BAD_LABEL, NOTHING_TO_LEARN, BAD_PARAMETER.
 */
export function fitGradientBoosting(
  train: TrainingData,
  params: GradientBoostingParams,
  valid?: TrainingData,
  // biome-ignore lint/suspicious/noConfusingVoidType: a callback that returns nothing is the common case.
  onRound?: (round: number, metric: number) => void | false,
  kernels: KernelFactory = createKernel,
): GradientBoostingModel {
  checkInput(train, params, valid);
  const objective = objectiveOf(train, params, kernels);
  const data = binData(train.X, params.maxBins, params.leaves, kernels);
  const gradients = new Float64Array(data.rows);
  const hessians = new Float64Array(data.rows);
  const scores = startOf(objective, train);
  const watch = watcher(objective, valid ?? train, valid ? undefined : scores);
  const everyRow = Int32Array.from({ length: data.rows }, (_, row) => row);
  const trees: Tree[] = [];
  let best = Number.NEGATIVE_INFINITY;
  let bestTrees = 0;
  for (let round = 0; round < params.trees; round++) {
    objective.derivatives(scores, gradients, hessians);
    const sample = sampleTree(everyRow, data.features, round, params);
    const quantized = quantizeGradients(data, gradients, hessians, sample.rows);
    new Int32Array(data.kernel.buffer, data.rowList, sample.rows.length).set(sample.rows);
    const grown = growTree(data, sample.rows.length, sample.features, quantized, params);
    addLeafValues(data, grown, scores);
    if (sample.rest.length > 0) addRoutedValues(data, grown.tree, sample.rest, scores);
    trees.push(grown.tree);
    if (!valid && !onRound) continue;
    const metric = watch(grown.tree);
    if (metric > best) {
      best = metric;
      bestTrees = trees.length;
    }
    if (onRound?.(trees.length, metric) === false) break;
    if (valid && params.earlyStoppingRounds > 0 && trees.length - bestTrees >= params.earlyStoppingRounds) break;
  }
  if (valid && params.earlyStoppingRounds > 0) trees.length = bestTrees;
  return joinTrees(params.objective, train.X.names, objective.base, trees);
}

const startOf = ({ base }: Objective, { startScores, X }: TrainingData): Float64Array =>
  startScores?.slice() ?? new Float64Array(X.rows).fill(base);

function checkInput(train: TrainingData, params: GradientBoostingParams, valid: TrainingData | undefined): void {
  checkTrainingData(train, params.objective);
  checkBothClasses(train);
  const features = train.X.columns.length;
  if (params.monotone && params.monotone.length !== features) {
    throw new MlError('BAD_PARAMETER', `monotone has ${params.monotone.length} entries for ${features} features`);
  }
  if (!valid) return;
  checkTrainingData(valid, params.objective);
  if (!train.startScores !== !valid.startScores) {
    throw new MlError('SHAPE_MISMATCH', 'only one of training and validation has start scores');
  }
  if (valid.X.columns.length !== features) {
    throw new MlError('SHAPE_MISMATCH', `validation has ${valid.X.columns.length} columns, training ${features}`);
  }
}

/** The metric after each tree: on the training scores as they are, or on scores of validation rows that it keeps itself. */
function watcher(objective: Objective, data: TrainingData, trainScores: Float64Array | undefined) {
  if (trainScores) return () => objective.quality(trainScores, data);
  const rows = toRowMajor(data.X);
  const scores = startOf(objective, data);
  return (tree: Tree) => {
    const one = joinTrees('binary', data.X.names, 0, [tree]);
    addTrees(one, 0, 1, rows, data.X.rows, scores);
    return objective.quality(scores, data);
  };
}

function addLeafValues(data: BinnedData, { tree, leafFrom, leafCount }: GrownTree, scores: Float64Array): void {
  const rows = new Int32Array(data.kernel.buffer, data.rowList, data.rows);
  tree.leafValue.forEach((value, leaf) => {
    const end = leafFrom[leaf] + leafCount[leaf];
    for (let at = leafFrom[leaf]; at < end; at++) scores[rows[at]] += value;
  });
}

/** Scores of rows that the tree was not grown on, by way of their bins. */
function addRoutedValues(data: BinnedData, tree: Tree, rows: Int32Array, scores: Float64Array): void {
  const bytes = new Uint8Array(data.kernel.buffer);
  const lastLeftBin = Int32Array.from(tree.threshold, (threshold, node) => {
    const at = data.cuts[tree.feature[node]].bounds.indexOf(threshold);
    return at >= 0 ? at : data.cuts[tree.feature[node]].bounds.length;
  });
  const missingBin = Int32Array.from(tree.feature, (feature) => missingBinOf(data.cuts[feature]));
  const address = Int32Array.from(tree.feature, (feature) => binAddress(data.bins, data.rows, feature));
  for (const row of rows) {
    let node = tree.feature.length > 0 ? 0 : ~0;
    while (node >= 0) {
      const bin = bytes[address[node] + 8 * row];
      const left = bin === missingBin[node] ? tree.missingLeft[node] === 1 : bin <= lastLeftBin[node];
      node = left ? tree.left[node] : tree.right[node];
    }
    scores[row] += tree.leafValue[~node];
  }
}
