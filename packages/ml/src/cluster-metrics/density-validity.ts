import { clusterCount } from '../clustering/labels.ts';
import { MlError } from '../errors.ts';
import { checkMatrix, type Matrix } from '../matrix.ts';

/** The tables of distances take 16 bytes of each pair: 64 MB. */
const MOST_ROWS = 2000;

/**
 * Density-based validation (DBCV; Moulavi, Jaskowiak, Campello, Zimek and Sander 2014) of many labellings of the same rows: -1 to 1, more
 * is better, and unlike the silhouette it asks of no cluster that it be round. A cluster is as good as the sparsest link of the tree that
 * holds its inside together is denser than the nearest link to another cluster. Noise counts for nothing, so that much of it lowers the value.
 * The distances are computed once. Where links are equally long the tree is not the only one, so that the order of rows may tell in the
 * third digit.
 */
export class DensityValidity {
  readonly #rows: number;
  readonly #dimensions: number;
  readonly #distances: Float64Array;
  /** (distance to the nearest row apart from it / distance) to the power of the columns: no overflow in many columns. */
  readonly #nearness: Float64Array;
  readonly #nearest: Float64Array;

  /** @throws MlError NOTHING_TO_LEARN with less than two rows, BAD_PARAMETER with more than 2,000. */
  constructor(X: Matrix) {
    checkMatrix(X, 2);
    if (X.rows > MOST_ROWS) throw new MlError('BAD_PARAMETER', `${X.rows} rows are more than ${MOST_ROWS}`);
    const { rows, columns, data } = X;
    this.#rows = rows;
    this.#dimensions = columns;
    this.#distances = new Float64Array(rows * rows);
    this.#nearest = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
    for (let a = 0; a < rows; a++) {
      for (let b = a + 1; b < rows; b++) {
        let square = 0;
        for (let c = 0; c < columns; c++) square += (data[a * columns + c] - data[b * columns + c]) ** 2;
        const distance = Math.sqrt(square);
        this.#distances[a * rows + b] = distance;
        this.#distances[b * rows + a] = distance;
        if (distance === 0) continue;
        if (distance < this.#nearest[a]) this.#nearest[a] = distance;
        if (distance < this.#nearest[b]) this.#nearest[b] = distance;
      }
    }
    this.#nearness = this.#distances.map((distance, at) => {
      const nearest = this.#nearest[Math.floor(at / rows)];
      // Equal rows are as near as the nearest others: an infinite density would hide all the rest.
      return distance === 0 ? 1 : (nearest / distance) ** columns;
    });
  }

  /**
   * @param labels of each row, -1 for noise.
   * @returns NaN with less than two clusters.
   */
  score(labels: Int32Array): number {
    if (labels.length !== this.#rows)
      throw new MlError('SHAPE_MISMATCH', `${labels.length} labels for ${this.#rows} rows`);
    const members: number[][] = Array.from({ length: clusterCount(labels) }, () => []);
    labels.forEach((label, row) => {
      if (label >= 0) members[label].push(row);
    });
    const clusters = members.filter((rows) => rows.length > 0);
    if (clusters.length < 2) return Number.NaN;
    const cores = new Float64Array(this.#rows);
    const inside = clusters.map((rows) => this.#inside(rows, cores));
    let sum = 0;
    clusters.forEach((rows, at) => {
      // Of a row alone there is no density.
      if (rows.length < 2) return;
      let apart = Number.POSITIVE_INFINITY;
      inside.forEach((other, place) => {
        if (place !== at) apart = Math.min(apart, this.#apart(inside[at].core, other.core, cores));
      });
      const { sparsest } = inside[at];
      const most = Math.max(apart, sparsest);
      if (most > 0) sum += (rows.length / this.#rows) * ((apart - sparsest) / most);
    });
    return sum;
  }

  /** The sparsest link between inner rows of a cluster's tree, and these rows; fills in how near each row has the others of its cluster. */
  #inside(rows: readonly number[], cores: Float64Array): { sparsest: number; core: readonly number[] } {
    const all = this.#rows;
    for (const row of rows) {
      let sum = 0;
      for (const other of rows) if (other !== row) sum += this.#nearness[row * all + other];
      const mean = rows.length > 1 ? sum / (rows.length - 1) : 0;
      cores[row] = mean > 0 ? this.#nearest[row] * mean ** (-1 / this.#dimensions) : 0;
    }
    const count = rows.length;
    const reach = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
    const from = new Int32Array(count).fill(-1);
    const done = new Uint8Array(count);
    const degree = new Int32Array(count);
    const links: { readonly a: number; readonly b: number; readonly length: number }[] = [];
    let at = 0;
    for (let step = 1; step < count; step++) {
      done[at] = 1;
      let next = -1;
      for (let other = 0; other < count; other++) {
        if (done[other]) continue;
        const length = this.#reach(rows[at], rows[other], cores);
        if (length < reach[other]) {
          reach[other] = length;
          from[other] = at;
        }
        if (next < 0 || reach[other] < reach[next]) next = other;
      }
      links.push({ a: from[next], b: next, length: reach[next] });
      degree[from[next]]++;
      degree[next]++;
      at = next;
    }
    const inner = links.filter(({ a, b }) => degree[a] > 1 && degree[b] > 1);
    const sparsest = (inner.length > 0 ? inner : links).reduce((most, { length }) => Math.max(most, length), 0);
    const core = rows.filter((_, place) => degree[place] > 1);
    return { sparsest, core: core.length > 0 ? core : rows };
  }

  #apart(rows: readonly number[], others: readonly number[], cores: Float64Array): number {
    let least = Number.POSITIVE_INFINITY;
    for (const a of rows) for (const b of others) least = Math.min(least, this.#reach(a, b, cores));
    return least;
  }

  #reach(a: number, b: number, cores: Float64Array): number {
    return Math.max(this.#distances[a * this.#rows + b], cores[a], cores[b]);
  }
}
