import { MlError } from '../errors.ts';

/**
 * The assignment of rows to clusters of least total cost whose every cluster has at least `least` and at most `most` rows: a
 * minimum-cost flow by successive shortest paths (Ahuja, Magnanti and Orlin 1993, ch. 9), over clusters rather than rows: moving
 * a row from cluster a to b costs what the cheapest such row costs, kept in a heap for each pair. It starts from the
 * unlimited optimum and moves one row along each path, so the result is exact. Time O(moves k^2 + rows k log rows), memory
 * O(rows k).
 *
 * @param costs rows x k.
 * @throws MlError BAD_PARAMETER where no assignment has such sizes.
 */
export function limitSizes(costs: Float64Array, k: number, least: number, most: number): Int32Array {
  const rows = costs.length / k;
  if (least * k > rows || most * k < rows)
    throw new MlError('BAD_PARAMETER', `${rows} rows cannot make ${k} clusters of ${least} to ${most} rows`);
  const moves = new Moves(costs, k);
  const { counts } = moves;
  for (const kind of ['too many', 'too few'] as const) {
    for (;;) {
      const isSource = (c: number) => (kind === 'too many' ? counts[c] > most : counts[c] > least);
      const isTarget = (c: number) => (kind === 'too many' ? counts[c] < most : counts[c] < least);
      const wanting = Array.from(counts.keys()).some(kind === 'too many' ? isSource : isTarget);
      if (!wanting) break;
      moves.alongCheapestPath(isSource, isTarget);
    }
  }
  return moves.labels;
}

class Moves {
  readonly labels: Int32Array;
  readonly counts: Int32Array;
  readonly #costs: Float64Array;
  readonly #k: number;
  /** Of a pair (from, to) at from * k + to: rows of `from`, the cheapest to move first; rows that have left are dropped when met. */
  readonly #heaps: Heap[];

  constructor(costs: Float64Array, k: number) {
    const rows = costs.length / k;
    this.#costs = costs;
    this.#k = k;
    this.labels = new Int32Array(rows);
    this.counts = new Int32Array(k);
    this.#heaps = Array.from({ length: k * k }, () => new Heap());
    for (let row = 0; row < rows; row++) {
      let best = 0;
      for (let c = 1; c < k; c++) if (costs[row * k + c] < costs[row * k + best]) best = c;
      this.labels[row] = best;
      this.counts[best]++;
      this.#enter(row, best);
    }
  }

  /** Moves one row over each step of the cheapest path between a source and a target (Bellman and Ford: steps may cost less than 0). */
  alongCheapestPath(isSource: (c: number) => boolean, isTarget: (c: number) => boolean): void {
    const k = this.#k;
    const reached = Float64Array.from({ length: k }, (_, c) => (isSource(c) ? 0 : Number.POSITIVE_INFINITY));
    const before = new Int32Array(k).fill(-1);
    const steps = new Float64Array(k * k);
    for (let pair = 0; pair < k * k; pair++) steps[pair] = this.#cheapest(pair);
    for (let round = 1, changed = true; changed && round <= k; round++) {
      changed = false;
      for (let pair = 0; pair < k * k; pair++) {
        const [from, to] = [Math.floor(pair / k), pair % k];
        const cost = reached[from] + steps[pair];
        // Rounding must not make circles of no gain.
        const slack = Number.isFinite(reached[to]) ? 1e-12 * Math.abs(reached[to]) : 0;
        if (!(cost < reached[to] - slack)) continue;
        reached[to] = cost;
        before[to] = from;
        changed = true;
      }
    }
    let end = -1;
    for (let c = 0; c < k; c++) if (isTarget(c) && (end < 0 || reached[c] < reached[end])) end = c;
    if (!Number.isFinite(reached[end])) throw new MlError('INVALID_INPUT', 'costs must be finite numbers');
    const path: [number, number][] = [];
    for (let c = end; before[c] >= 0 && path.length < k; c = before[c]) path.push([before[c], c]);
    const rows = path.map(([from, to]) => this.#heaps[from * k + to].top());
    rows.forEach((row, at) => {
      const [from, to] = path[at];
      this.labels[row] = to;
      this.counts[from]--;
      this.counts[to]++;
      this.#enter(row, to);
    });
  }

  #enter(row: number, cluster: number): void {
    const own = this.#costs[row * this.#k + cluster];
    for (let to = 0; to < this.#k; to++)
      if (to !== cluster) this.#heaps[cluster * this.#k + to].push(row, this.#costs[row * this.#k + to] - own);
  }

  #cheapest(pair: number): number {
    const from = Math.floor(pair / this.#k);
    const heap = this.#heaps[pair];
    while (heap.size > 0 && this.labels[heap.top()] !== from) heap.pop();
    return heap.size > 0 ? heap.least() : Number.POSITIVE_INFINITY;
  }
}

/** Rows by cost, the least first, of equal ones the first row. */
class Heap {
  readonly #rows: number[] = [];
  readonly #costs: number[] = [];

  get size(): number {
    return this.#rows.length;
  }

  top(): number {
    return this.#rows[0];
  }

  least(): number {
    return this.#costs[0];
  }

  push(row: number, cost: number): void {
    let at = this.#rows.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#precedes(row, cost, parent)) break;
      this.#rows[at] = this.#rows[parent];
      this.#costs[at] = this.#costs[parent];
      at = parent;
    }
    this.#rows[at] = row;
    this.#costs[at] = cost;
  }

  pop(): void {
    const row = this.#rows.pop() ?? 0;
    const cost = this.#costs.pop() ?? 0;
    const size = this.#rows.length;
    if (size === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && this.#precedes(this.#rows[child + 1], this.#costs[child + 1], child)) child++;
      if (this.#precedes(row, cost, child)) break;
      this.#rows[at] = this.#rows[child];
      this.#costs[at] = this.#costs[child];
      at = child;
    }
    this.#rows[at] = row;
    this.#costs[at] = cost;
  }

  #precedes(row: number, cost: number, at: number): boolean {
    return cost < this.#costs[at] || (cost === this.#costs[at] && row < this.#rows[at]);
  }
}
