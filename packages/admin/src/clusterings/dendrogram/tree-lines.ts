/** The upper part of a tree of merges: branches come first, then merges. */
export interface Tree {
  readonly counts: readonly number[];
  /** Two nodes for each merge. */
  readonly children: readonly number[];
  readonly heights: readonly number[];
}

interface Bracket {
  /** Places of the two nodes that it joins, from 0 for the first branch, and the heights where they end. */
  readonly left: number;
  readonly right: number;
  readonly leftFrom: number;
  readonly rightFrom: number;
  readonly height: number;
  /** Of the branches below, the cluster where all have one. */
  readonly label: number | null;
}

export interface TreeLines {
  readonly brackets: readonly Bracket[];
  /** Branches from left to right such that no lines cross. */
  readonly order: readonly number[];
}

/**
 * @param labels of each branch
 * @param cut merges above it belong to no cluster
 */
export function treeLines({ counts, children, heights }: Tree, labels: readonly number[], cut: number): TreeLines {
  const leaves = counts.length;
  const order: number[] = [];
  const open = [leaves + heights.length - 1];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node < leaves) order.push(node);
    else open.push(children[2 * (node - leaves) + 1] ?? 0, children[2 * (node - leaves)] ?? 0);
  }
  const place: number[] = [];
  const top: number[] = new Array(leaves).fill(0);
  const label: (number | null)[] = Array.from(counts, (_, leaf) => labels[leaf] ?? null);
  for (const [at, leaf] of order.entries()) place[leaf] = at;
  const brackets = heights.map((height, merge): Bracket => {
    const [a = 0, b = 0] = children.slice(2 * merge, 2 * merge + 2);
    const [left = 0, right = 0] = [place[a], place[b]];
    const own = height < cut && label[a] === label[b] ? (label[a] ?? null) : null;
    place[leaves + merge] = (left + right) / 2;
    top[leaves + merge] = height;
    label[leaves + merge] = own;
    return { left, right, leftFrom: top[a] ?? 0, rightFrom: top[b] ?? 0, height, label: own };
  });
  return { brackets, order };
}
