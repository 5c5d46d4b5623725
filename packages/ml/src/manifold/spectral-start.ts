import type { FitContext } from '../estimator.ts';
import { type Matrix, zeros } from '../matrix.ts';
import { Random } from '../random.ts';
import { laplacianVectors } from './laplacian-vectors.ts';
import { connectedParts, type SparseGraph } from './sparse-graph.ts';

/**
 * Where UMAP's rows start: vectors of the graph's Laplacian, each connected part by itself around a place of its own, as umap-learn
 * does; at random where a part is too small for them. Scaled to 10, with a little noise, and then into 0..10 by column.
 */
export function spectralStart(graph: SparseGraph, X: Matrix, width: number, seed: number, context: FitContext): Matrix {
  const random = new Random(seed, 29);
  const { count, part } = connectedParts(graph);
  const Z = zeros(graph.rows, width);
  const centres = partPlaces(count, part, X, width, random);
  const members = membersOf(count, part);
  for (let at = 0; at < count; at++) {
    const rows = members[at];
    const range = count === 1 ? 1 : nearestPlace(centres, at, width) / 2;
    const vectors = laplacianVectors(partGraph(graph, rows), width, seed, context);
    let most = 0;
    if (vectors) for (const value of vectors) most = Math.max(most, Math.abs(value));
    rows.forEach((row, place) => {
      for (let c = 0; c < width; c++) {
        const own = vectors && most > 0 ? vectors[place * width + c] / most : 2 * random.uniform() - 1;
        Z.data[row * width + c] = centres[at * width + c] + own * range;
      }
    });
  }
  let most = 0;
  for (const value of Z.data) most = Math.max(most, Math.abs(value));
  for (let at = 0; at < Z.data.length; at++) Z.data[at] = (10 * Z.data[at]) / (most || 1) + 1e-4 * random.normal();
  for (let c = 0; c < width; c++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let at = c; at < Z.data.length; at += width) {
      low = Math.min(low, Z.data[at]);
      high = Math.max(high, Z.data[at]);
    }
    for (let at = c; at < Z.data.length; at += width) Z.data[at] = (10 * (Z.data[at] - low)) / (high - low || 1);
  }
  return Z;
}

function membersOf(count: number, part: Int32Array): Int32Array[] {
  const sizes = new Int32Array(count);
  for (const one of part) sizes[one]++;
  const members = Array.from(sizes, (size) => new Int32Array(size));
  sizes.fill(0);
  part.forEach((one, row) => {
    members[one][sizes[one]++] = row;
  });
  return members;
}

function partGraph(graph: SparseGraph, rows: Int32Array): SparseGraph {
  if (rows.length === graph.rows) return graph;
  const place = new Int32Array(graph.rows);
  rows.forEach((row, at) => {
    place[row] = at;
  });
  const offsets = new Int32Array(rows.length + 1);
  rows.forEach((row, at) => {
    offsets[at + 1] = offsets[at] + graph.offsets[row + 1] - graph.offsets[row];
  });
  const columns = new Int32Array(offsets[rows.length]);
  const values = new Float64Array(offsets[rows.length]);
  rows.forEach((row, at) => {
    values.set(graph.values.subarray(graph.offsets[row], graph.offsets[row + 1]), offsets[at]);
    for (let from = graph.offsets[row], to = offsets[at]; from < graph.offsets[row + 1]; from++, to++)
      columns[to] = place[graph.columns[from]];
  });
  return { rows: rows.length, offsets, columns, values };
}

/**
 * A place for each part: the ends of the axes while there are enough, otherwise the parts' mean rows, turned to `width`
 * directions at random (Johnson and Lindenstrauss keep distances), scaled to 1.
 */
function partPlaces(count: number, part: Int32Array, X: Matrix, width: number, random: Random): Float64Array {
  const places = new Float64Array(count * width);
  if (count === 1) return places;
  const perSide = Math.ceil(count / 2);
  if (count <= 2 * width) {
    for (let at = 0; at < count; at++) places[at * width + (at % perSide)] = at < perSide ? 1 : -1;
    return places;
  }
  const sizes = new Int32Array(count);
  for (const one of part) sizes[one]++;
  const turn = Float64Array.from({ length: X.columns * width }, () => random.normal());
  part.forEach((one, row) => {
    for (let from = 0; from < X.columns; from++) {
      const share = X.data[row * X.columns + from] / sizes[one];
      for (let c = 0; c < width; c++) places[one * width + c] += share * turn[from * width + c];
    }
  });
  for (let c = 0; c < width; c++) {
    let mean = 0;
    for (let at = c; at < places.length; at += width) mean += places[at] / count;
    for (let at = c; at < places.length; at += width) places[at] -= mean;
  }
  const most = places.reduce((sum, value) => Math.max(sum, Math.abs(value)), 0);
  return places.map((value) => value / (most || 1));
}

function nearestPlace(places: Float64Array, at: number, width: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let other = 0; other < places.length / width; other++) {
    if (other === at) continue;
    let square = 0;
    for (let c = 0; c < width; c++) square += (places[at * width + c] - places[other * width + c]) ** 2;
    if (square > 0) least = Math.min(least, Math.sqrt(square));
  }
  return Number.isFinite(least) ? least : 1;
}
