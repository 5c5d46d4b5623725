import { z } from 'zod';
import { type Approximation, defineImputer } from '../estimator.ts';
import { float64Array } from '../model-arrays.ts';
import { Random } from '../random.ts';
import { meanOf } from './quantile.ts';

const model = z.object({
  /** Rows that may give their values, row by row, NaN where they have none. */
  donors: float64Array,
  n_neighbors: z.int().positive(),
  /** What fills a column of which no donor can be compared with the row. */
  means: float64Array,
});

/** Squared distance over what both rows have, scaled up to all columns (scikit-learn's nan_euclidean); NaN where that is nothing. */
function distance(row: Float64Array, donors: Float64Array, from: number): number {
  let [sum, shared] = [0, 0];
  for (let at = 0; at < row.length; at++) {
    const difference = row[at] - donors[from + at];
    if (Number.isNaN(difference)) continue;
    sum += difference * difference;
    shared++;
  }
  return shared === 0 ? Number.NaN : (sum * row.length) / shared;
}

/** The missing values of one row, by the mean of the nearest donors that have one. Donors at the same distance come in their order. */
function fillRow(row: Float64Array, { donors, n_neighbors, means }: z.output<typeof model>): Float64Array {
  const width = row.length;
  const distances = Float64Array.from({ length: donors.length / width }, (_, at) => distance(row, donors, at * width));
  return row.map((value, column) => {
    if (!Number.isNaN(value)) return value;
    const nearest: number[] = [];
    for (let at = 0; at < distances.length; at++) {
      if (Number.isNaN(donors[at * width + column]) || Number.isNaN(distances[at])) continue;
      if (nearest.length === n_neighbors && !(distances[at] < distances[nearest[n_neighbors - 1]])) continue;
      let place = nearest.length;
      while (place > 0 && distances[nearest[place - 1]] > distances[at]) place--;
      nearest.splice(place, 0, at);
      if (nearest.length > n_neighbors) nearest.pop();
    }
    return nearest.length === 0 ? means[column] : meanOf(nearest.map((at) => donors[at * width + column]));
  });
}

/** As scikit-learn's KNNImputer with uniform weights, but of more than `max_donors` rows a sample gives the values. */
export const nearestImputer = defineImputer({
  name: 'nearestImputer',
  kind: 'imputer',
  title: 'Mean of the nearest rows',
  takes: 'numbers',
  params: z.object({
    n_neighbors: z.int().min(1).default(5).describe('How many rows are averaged'),
    max_donors: z.int().min(1).max(20_000).default(1000).describe('Rows to choose from; of more a sample is drawn'),
    seed: z.int().default(0).describe('Which sample is drawn'),
  }),
  modelVersion: 1,
  model,
  fit(columns, { n_neighbors, max_donors, seed }) {
    const rows = columns[0]?.length ?? 0;
    const places = Int32Array.from({ length: rows }, (_, at) => at);
    const chosen = rows > max_donors ? new Random(seed).shuffle(places).subarray(0, max_donors).sort() : places;
    const donors = new Float64Array(chosen.length * columns.length);
    chosen.forEach((row, at) => {
      for (let column = 0; column < columns.length; column++)
        donors[at * columns.length + column] = columns[column][row];
    });
    const means = Float64Array.from(columns, (column) => meanOf(column.filter((value) => !Number.isNaN(value))));
    const approximations: Approximation[] =
      rows > max_donors
        ? [{ text: `Missing values come from the nearest of ${max_donors} sampled rows, not of all ${rows}.` }]
        : [];
    return { model: { donors, n_neighbors, means }, approximations };
  },
  fill(model, columns) {
    const filled = columns.map((column) => column.slice());
    const row = new Float64Array(columns.length);
    const rows = columns[0]?.length ?? 0;
    for (let at = 0; at < rows; at++) {
      for (let column = 0; column < columns.length; column++) row[column] = columns[column][at];
      if (!row.some(Number.isNaN)) continue;
      fillRow(row, model).forEach((value, column) => {
        filled[column][at] = value;
      });
    }
    return filled;
  },
});
