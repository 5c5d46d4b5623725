import { EARTH_KM, haversineKm, unitVectors } from './haversine.ts';

/**
 * Places on the sphere as a k-d tree over their unit vectors (Bentley 1975), each node with the box of its places, so that a whole branch
 * is left out, or counted without being looked at. O(n) memory whatever the radius; a place where a coordinate is NaN is not in it.
 */
export class PlaceTree {
  readonly #latitudes: Float64Array;
  readonly #longitudes: Float64Array;
  readonly #points: Float64Array;
  /** Rows in the order of the tree: the middle of a range is its node, what lies before and behind it are its branches. */
  readonly #order: Int32Array;
  /** Of the node at a place of `#order`: least and most x, y, z of all below it. */
  readonly #boxes: Float64Array;

  /** @param latitudes, longitudes in degrees. */
  constructor(latitudes: Float64Array, longitudes: Float64Array) {
    this.#latitudes = latitudes;
    this.#longitudes = longitudes;
    this.#points = unitVectors(latitudes, longitudes);
    this.#order = Int32Array.from(latitudes, (_, row) => row).filter((row) => !Number.isNaN(this.#points[3 * row]));
    this.#boxes = new Float64Array(6 * this.#order.length);
    this.#build(0, this.#order.length, 0);
  }

  /** Kilometres to the nearest other place; NaN where this one is none, or the only one. */
  nearestKm(row: number): number {
    if (Number.isNaN(this.#points[3 * row])) return Number.NaN;
    const best = { row: -1, square: Number.POSITIVE_INFINITY };
    this.#nearest(this.#pointOf(row), row, 0, this.#order.length, best);
    return this.#kmTo(best.row, this.#latitudes[row], this.#longitudes[row]);
  }

  /** Kilometres from there to the nearest place; NaN where there is none. */
  nearestKmTo(latitude: number, longitude: number): number {
    const best = { row: -1, square: Number.POSITIVE_INFINITY };
    this.#nearest(pointAt(latitude, longitude), -1, 0, this.#order.length, best);
    return this.#kmTo(best.row, latitude, longitude);
  }

  /** Other places at most so far away; NaN where this one is none. */
  countWithin(row: number, km: number): number {
    if (Number.isNaN(this.#points[3 * row])) return Number.NaN;
    return this.#count(this.#pointOf(row), 0, this.#order.length, chordSquare(km)) - 1;
  }

  /** Places at most so far from there. */
  countWithinOf(latitude: number, longitude: number, km: number): number {
    return this.#count(pointAt(latitude, longitude), 0, this.#order.length, chordSquare(km));
  }

  #pointOf(row: number): Float64Array {
    return this.#points.subarray(3 * row, 3 * row + 3);
  }

  #kmTo(row: number, latitude: number, longitude: number): number {
    return row < 0 ? Number.NaN : haversineKm(latitude, longitude, this.#latitudes[row], this.#longitudes[row]);
  }

  #build(from: number, to: number, axis: number): void {
    if (from >= to) return;
    const points = this.#points;
    this.#order.subarray(from, to).sort((a, b) => points[3 * a + axis] - points[3 * b + axis] || a - b);
    const middle = (from + to) >> 1;
    this.#build(from, middle, (axis + 1) % 3);
    this.#build(middle + 1, to, (axis + 1) % 3);
    const box = this.#boxes.subarray(6 * middle, 6 * middle + 6);
    const branches = [(from + middle) >> 1, (middle + 1 + to) >> 1].filter(
      (_, side) => [middle - from, to - middle - 1][side] > 0,
    );
    for (let c = 0; c < 3; c++) {
      const own = points[3 * this.#order[middle] + c];
      box[2 * c] = branches.reduce((least, at) => Math.min(least, this.#boxes[6 * at + 2 * c]), own);
      box[2 * c + 1] = branches.reduce((most, at) => Math.max(most, this.#boxes[6 * at + 2 * c + 1]), own);
    }
  }

  #nearest(point: Float64Array, self: number, from: number, to: number, best: { row: number; square: number }): void {
    if (from >= to) return;
    const middle = (from + to) >> 1;
    if (this.#toBox(point, middle, 'least') >= best.square) return;
    const other = this.#order[middle];
    const square = this.#square(point, other);
    if (other !== self && square < best.square) Object.assign(best, { row: other, square });
    const [left, right] = [(from + middle) >> 1, (middle + 1 + to) >> 1];
    const leftFirst =
      middle > from && (to <= middle + 1 || this.#toBox(point, left, 'least') <= this.#toBox(point, right, 'least'));
    if (leftFirst) this.#nearest(point, self, from, middle, best);
    this.#nearest(point, self, middle + 1, to, best);
    if (!leftFirst) this.#nearest(point, self, from, middle, best);
  }

  #count(point: Float64Array, from: number, to: number, square: number): number {
    if (from >= to) return 0;
    const middle = (from + to) >> 1;
    if (this.#toBox(point, middle, 'least') > square) return 0;
    if (this.#toBox(point, middle, 'most') <= square) return to - from;
    return (
      Number(this.#square(point, this.#order[middle]) <= square) +
      this.#count(point, from, middle, square) +
      this.#count(point, middle + 1, to, square)
    );
  }

  #square(point: Float64Array, other: number): number {
    let sum = 0;
    for (let c = 0; c < 3; c++) sum += (point[c] - this.#points[3 * other + c]) ** 2;
    return sum;
  }

  /** Square of the distance to the nearest or the farthest point of a node's box. */
  #toBox(point: Float64Array, node: number, which: 'least' | 'most'): number {
    let sum = 0;
    for (let c = 0; c < 3; c++) {
      const value = point[c];
      const below = this.#boxes[6 * node + 2 * c] - value;
      const above = value - this.#boxes[6 * node + 2 * c + 1];
      sum += which === 'least' ? Math.max(0, below, above) ** 2 : Math.max(Math.abs(below), Math.abs(above)) ** 2;
    }
    return sum;
  }
}

const pointAt = (latitude: number, longitude: number): Float64Array =>
  unitVectors(Float64Array.of(latitude), Float64Array.of(longitude));

/** Square of the straight line between two points of the unit sphere that are so far from each other along it. */
const chordSquare = (km: number): number => (2 * Math.sin(Math.min(Math.PI / 2, km / (2 * EARTH_KM)))) ** 2;
