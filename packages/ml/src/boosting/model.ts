/**
 * An ensemble of binary trees in flat arrays: plain data, the same bytes for the same training.
 *
 * Node and leaf numbers are local to their tree; node 0 is the root. A row goes left where its value is at most the
 * threshold, or where it is missing and `missingLeft` says so. The score of a row is `base` plus, in the order of the trees,
 * the value of the leaf that it ends in.
 */
export interface GradientBoostingModel {
  readonly objective: 'lambdarank' | 'binary';
  readonly names: readonly string[];
  readonly base: number;
  /** Start of each tree's inner nodes, and their end; trees + 1 entries. A tree may have none: a single leaf. */
  readonly nodeOffsets: Int32Array;
  /** The same for leaves. */
  readonly leafOffsets: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  readonly missingLeft: Uint8Array;
  /** Child by node: a node where >= 0, otherwise leaf ~child. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** By how much the split lowered the training loss. */
  readonly gain: Float64Array;
  /** Training rows that passed the node. */
  readonly cover: Int32Array;
  readonly leafValue: Float64Array;
  readonly leafCover: Int32Array;
}

/** One grown tree, before it joins an ensemble. */
export interface Tree {
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  readonly missingLeft: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly gain: Float64Array;
  readonly cover: Int32Array;
  readonly leafValue: Float64Array;
  readonly leafCover: Int32Array;
}

export function joinTrees(
  objective: GradientBoostingModel['objective'],
  names: readonly string[],
  base: number,
  trees: readonly Tree[],
): GradientBoostingModel {
  const nodeOffsets = new Int32Array(trees.length + 1);
  const leafOffsets = new Int32Array(trees.length + 1);
  trees.forEach((tree, at) => {
    nodeOffsets[at + 1] = nodeOffsets[at] + tree.feature.length;
    leafOffsets[at + 1] = leafOffsets[at] + tree.leafValue.length;
  });
  const nodes = nodeOffsets[trees.length];
  const leaves = leafOffsets[trees.length];
  const model = {
    objective,
    names: [...names],
    base,
    nodeOffsets,
    leafOffsets,
    feature: new Int32Array(nodes),
    threshold: new Float32Array(nodes),
    missingLeft: new Uint8Array(nodes),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    gain: new Float64Array(nodes),
    cover: new Int32Array(nodes),
    leafValue: new Float64Array(leaves),
    leafCover: new Int32Array(leaves),
  };
  trees.forEach((tree, at) => {
    const node = nodeOffsets[at];
    model.feature.set(tree.feature, node);
    model.threshold.set(tree.threshold, node);
    model.missingLeft.set(tree.missingLeft, node);
    model.left.set(tree.left, node);
    model.right.set(tree.right, node);
    model.gain.set(tree.gain, node);
    model.cover.set(tree.cover, node);
    model.leafValue.set(tree.leafValue, leafOffsets[at]);
    model.leafCover.set(tree.leafCover, leafOffsets[at]);
  });
  return model;
}
