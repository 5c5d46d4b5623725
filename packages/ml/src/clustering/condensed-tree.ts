import { type MergeTree, nodeSizes } from './merge-tree.ts';

/**
 * A tree of merges with only those splits that leave two clusters of at least `min_cluster_size` rows (Campello, Moulavi and Sander 2013).
 * Lambda is 1 / height. Cluster 0 is the root; a cluster's number is above its parent's.
 */
export interface CondensedTree {
  readonly parent: Int32Array;
  /** Lambda at which a cluster split off; 0 of the root. */
  readonly birth: Float64Array;
  readonly size: Int32Array;
  /** Of each row: the last cluster that it was of, and the lambda at which it left that. */
  readonly cluster: Int32Array;
  readonly lambda: Float64Array;
}

export function condense(tree: MergeTree, min_cluster_size: number): CondensedTree {
  const rows = tree.heights.length + 1;
  const sizes = nodeSizes(tree);
  const parent = [-1];
  const birth = [0];
  const size = [rows];
  const cluster = new Int32Array(2 * rows - 1);
  /** Lambda at which all rows below a node left its cluster; -1: they have not. */
  const left = new Float64Array(2 * rows - 1).fill(-1);
  for (let node = 2 * rows - 2; node >= rows; node--) {
    const merge = node - rows;
    const children = [tree.children[2 * merge], tree.children[2 * merge + 1]];
    const lambda = tree.heights[merge] > 0 ? 1 / tree.heights[merge] : Number.POSITIVE_INFINITY;
    const own = cluster[node];
    const splits = left[node] < 0 && children.every((child) => sizes[child] >= min_cluster_size);
    for (const child of children) {
      cluster[child] = own;
      if (left[node] >= 0) left[child] = left[node];
      else if (splits) {
        cluster[child] = parent.length;
        parent.push(own);
        birth.push(lambda);
        size.push(sizes[child]);
      } else if (sizes[child] < min_cluster_size) left[child] = lambda;
    }
  }
  return {
    parent: Int32Array.from(parent),
    birth: Float64Array.from(birth),
    size: Int32Array.from(size),
    cluster: cluster.slice(0, rows),
    lambda: left.slice(0, rows),
  };
}

export interface Selection {
  readonly method: 'eom' | 'leaf';
  readonly epsilon: number;
  readonly maxSize: number;
  readonly allowSingle: boolean;
}

/** Which clusters of the condensed tree are chosen; none is above another. */
export function selectClusters(tree: CondensedTree, selection: Selection): Uint8Array {
  const chosen = selection.method === 'eom' ? byExcessOfMass(tree, selection) : leaves(tree);
  if (selection.epsilon === 0 || tree.parent.length === 1) return chosen;
  if (chosen[0]) return chosen;
  return mergeBelow(tree, chosen, selection);
}

/** How long rows stay in a cluster, in lambda, added up. */
function stabilities({ parent, birth, size, cluster, lambda }: CondensedTree): Float64Array {
  const stability = new Float64Array(parent.length);
  // Rows and clusters that parted at once, at infinite lambda, have stayed for nothing.
  const stay = (until: number, from: number) => (until === from ? 0 : until - from);
  for (let row = 0; row < cluster.length; row++) stability[cluster[row]] += stay(lambda[row], birth[cluster[row]]);
  for (let child = 1; child < parent.length; child++)
    stability[parent[child]] += stay(birth[child], birth[parent[child]]) * size[child];
  return stability;
}

function byExcessOfMass(tree: CondensedTree, { maxSize, allowSingle }: Selection): Uint8Array {
  const { parent, size } = tree;
  const stability = stabilities(tree);
  const below = new Float64Array(parent.length);
  const chosen = new Uint8Array(parent.length).fill(1);
  for (let c = parent.length - 1; c >= 0; c--) {
    if (c === 0 && !allowSingle) chosen[c] = 0;
    else if (below[c] > stability[c] || size[c] > maxSize) {
      chosen[c] = 0;
      stability[c] = below[c];
    }
    if (c > 0) below[parent[c]] += stability[c];
  }
  return keepUppermost(tree, chosen);
}

/** Takes the choice from clusters below a chosen one. */
function keepUppermost({ parent }: CondensedTree, chosen: Uint8Array): Uint8Array {
  const covered = chosen.slice();
  for (let c = 1; c < parent.length; c++) {
    if (!covered[parent[c]]) continue;
    covered[c] = 1;
    chosen[c] = 0;
  }
  return chosen;
}

function leaves({ parent }: CondensedTree): Uint8Array {
  const chosen = new Uint8Array(parent.length).fill(1);
  for (let c = 1; c < parent.length; c++) chosen[parent[c]] = 0;
  return chosen;
}

/** In place of chosen clusters that split off at a distance below epsilon, their ancestor that did not (Malzer and Baum 2020). */
function mergeBelow(tree: CondensedTree, chosen: Uint8Array, { epsilon, allowSingle }: Selection): Uint8Array {
  const { parent, birth } = tree;
  const merged = new Uint8Array(parent.length);
  for (let c = 0; c < parent.length; c++) {
    if (!chosen[c]) continue;
    let at = c;
    while (at !== 0 && 1 / birth[at] < epsilon) {
      if (parent[at] === 0 && !allowSingle) break;
      at = parent[at];
      if (at === 0 || 1 / birth[at] > epsilon) break;
    }
    merged[at] = 1;
  }
  return keepUppermost(tree, merged);
}

/** The chosen cluster of each row, -1 for noise. */
export function labelsOf(tree: CondensedTree, chosen: Uint8Array, { epsilon }: Selection): Int32Array {
  const { parent, birth, cluster, lambda } = tree;
  const label = Int32Array.from(chosen, (yes, c) => (yes ? c : -1));
  for (let c = 1; c < parent.length; c++) if (label[c] < 0) label[c] = label[parent[c]];
  if (!chosen[0]) return Int32Array.from(cluster, (c) => label[c]);
  // With the whole as the one cluster, rows are noise that leave it before the last does, or at a distance above epsilon.
  let least = epsilon > 0 ? 1 / epsilon : 0;
  if (epsilon === 0) {
    for (let row = 0; row < cluster.length; row++) if (cluster[row] === 0) least = Math.max(least, lambda[row]);
    for (let c = 1; c < parent.length; c++) if (parent[c] === 0) least = Math.max(least, birth[c]);
  }
  return Int32Array.from(cluster, (c, row) => (c === 0 && lambda[row] < least ? -1 : 0));
}
