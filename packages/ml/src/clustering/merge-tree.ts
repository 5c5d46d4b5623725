import { MlError } from '../errors.ts';
import { numberedByFirstRow } from './labels.ts';

/**
 * Which clusters were merged, in scikit-learn's form: n rows are nodes 0..n-1, merge m makes node n + m of the nodes children[2 m]
 * and children[2 m + 1], at heights[m]; heights never fall.
 */
export interface MergeTree {
  readonly children: Int32Array;
  readonly heights: Float64Array;
}

const rowsOf = (tree: MergeTree): number => tree.heights.length + 1;

/** The tree of merges told as pairs of rows, one of each cluster merged, in any order; ties keep the order given. */
export function treeOfPairs(a: ArrayLike<number>, b: ArrayLike<number>, heights: ArrayLike<number>): MergeTree {
  const merges = heights.length;
  const rows = merges + 1;
  const order = Int32Array.from({ length: merges }, (_, at) => at).sort((x, y) => heights[x] - heights[y] || x - y);
  const up = Int32Array.from({ length: rows }, (_, row) => row);
  const node = Int32Array.from({ length: rows }, (_, row) => row);
  const rootOf = (row: number): number => {
    let root = row;
    while (up[root] !== root) root = up[root];
    for (let at = row; up[at] !== root; ) {
      const next = up[at];
      up[at] = root;
      at = next;
    }
    return root;
  };
  const children = new Int32Array(2 * merges);
  const sorted = new Float64Array(merges);
  const sizes = new Int32Array(rows).fill(1);
  order.forEach((at, merge) => {
    let x = rootOf(a[at]);
    let y = rootOf(b[at]);
    children[2 * merge] = Math.min(node[x], node[y]);
    children[2 * merge + 1] = Math.max(node[x], node[y]);
    sorted[merge] = heights[at];
    if (sizes[x] < sizes[y]) [x, y] = [y, x];
    up[y] = x;
    sizes[x] += sizes[y];
    node[x] = rows + merge;
  });
  return { children, heights: sorted };
}

/** How many rows each node has. */
export function nodeSizes({ children, heights }: MergeTree): Int32Array {
  const rows = heights.length + 1;
  const sizes = new Int32Array(2 * rows - 1).fill(1);
  for (let merge = 0; merge < heights.length; merge++)
    sizes[rows + merge] = sizes[children[2 * merge]] + sizes[children[2 * merge + 1]];
  return sizes;
}

function labelsAfter(tree: MergeTree, merges: number): Int32Array {
  const rows = rowsOf(tree);
  const up = Int32Array.from({ length: rows + merges }, (_, node) => node);
  for (let merge = merges - 1; merge >= 0; merge--) {
    const own = up[rows + merge];
    up[tree.children[2 * merge]] = own;
    up[tree.children[2 * merge + 1]] = own;
  }
  return numberedByFirstRow(up.subarray(0, rows));
}

/**
 * Labels with so many clusters, numbered by their first row.
 * @throws MlError BAD_PARAMETER where there are fewer rows.
 */
export function cutByCount(tree: MergeTree, clusters: number): Int32Array {
  const rows = rowsOf(tree);
  if (clusters < 1 || clusters > rows) throw new MlError('BAD_PARAMETER', `${clusters} clusters of ${rows} rows`);
  return labelsAfter(tree, rows - clusters);
}

/** Labels of clusters whose rows were merged below that height. */
export function cutByHeight(tree: MergeTree, height: number): Int32Array {
  let merges = 0;
  while (merges < tree.heights.length && tree.heights[merges] < height) merges++;
  return labelsAfter(tree, merges);
}

/** The upper part of a tree: its leaves are nodes of it, with the count of their rows. */
export interface TruncatedTree {
  readonly tree: MergeTree;
  /** Rows of each leaf. */
  readonly counts: Int32Array;
  /** Height at which each leaf itself was merged; 0 of a single row. */
  readonly leafHeights: Float64Array;
  /** Leaf of each row. */
  readonly leafOfRow: Int32Array;
}

/** The last merges, down to at most so many leaves, as a dendrogram shows them; leaves are numbered by their first row. */
export function truncateTree(tree: MergeTree, mostLeaves: number): TruncatedTree {
  const rows = rowsOf(tree);
  const leaves = Math.max(1, Math.min(rows, mostLeaves));
  const hidden = rows - leaves;
  const leafOfRow = labelsAfter(tree, hidden);
  const sizes = nodeSizes(tree);
  /** A row of each node finds the leaf that the node is. */
  const someRow = Int32Array.from({ length: 2 * rows - 1 }, (_, node) => node);
  for (let merge = 0; merge < rows - 1; merge++) someRow[rows + merge] = someRow[tree.children[2 * merge]];
  const counts = new Int32Array(leaves);
  const leafHeights = new Float64Array(leaves);
  const children = new Int32Array(2 * (leaves - 1));
  for (let merge = hidden; merge < rows - 1; merge++) {
    for (const side of [0, 1]) {
      const child = tree.children[2 * merge + side];
      const shown = child - rows - hidden;
      if (shown >= 0) {
        children[2 * (merge - hidden) + side] = leaves + shown;
        continue;
      }
      const leaf = leafOfRow[someRow[child]];
      counts[leaf] = sizes[child];
      leafHeights[leaf] = child < rows ? 0 : tree.heights[child - rows];
      children[2 * (merge - hidden) + side] = leaf;
    }
  }
  if (leaves === 1) {
    counts[0] = rows;
    leafHeights[0] = tree.heights.at(-1) ?? 0;
  }
  return { tree: { children, heights: tree.heights.slice(hidden) }, counts, leafHeights, leafOfRow };
}
