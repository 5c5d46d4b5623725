import { tSne } from '@kindred/ml/manifold/t-sne.ts';
import { trustworthiness } from '@kindred/ml/manifold/trustworthiness.ts';
import { umap } from '@kindred/ml/manifold/umap.ts';
import { nearestNeighbors } from '@kindred/ml/neighbors/nearest-neighbors.ts';
import { autoencoder } from '@kindred/ml/neural/autoencoder.ts';
import { Random } from '@kindred/ml/random.ts';
import { expect, it } from 'vitest';
import { KernelThreads } from '../threads/kernel-threads.ts';

/** Five crowds in eight columns. */
function crowds(rows: number) {
  const random = new Random(1);
  const data = Float64Array.from({ length: 8 * rows }, (_, at) => {
    const row = Math.floor(at / 8);
    return random.normal() + (at % 8 === row % 5 ? 7 : 0);
  });
  return { rows, columns: 8, data };
}

/** What it gives on 1, 2 and 3 threads, which must be equal; that of one thread. */
async function onThreads<T>(work: (threads: KernelThreads) => T): Promise<T> {
  const results: T[] = [];
  for (const count of [1, 2, 3]) {
    const threads = new KernelThreads(count);
    try {
      results.push(work(threads));
    } finally {
      await threads.close();
    }
  }
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
  return results[0];
}

it('neighbours are the same for any number of threads', async () => {
  const { indices } = await onThreads((threads) => nearestNeighbors(crowds(2500), 15, { threads }));
  expect(indices.length).toBe(37_500);
});

it('UMAP is the same for any number of threads, keeps neighbours, and puts known rows near their places', async () => {
  const X = crowds(4200);
  const params = umap.params.parse({ n_components: 2, n_epochs: 40 });
  const { Z, model } = await onThreads((threads) => umap.fit(X, params, { threads }));
  expect(trustworthiness(X, Z, { n_neighbors: 15, mostRows: 300 }, {}).value).toBeGreaterThan(0.85);
  const again = umap.transform(model, { rows: 50, columns: 8, data: X.data.subarray(0, 400) }, {});
  const apart = again.data.reduce((sum, value, at) => sum + Math.abs(value - Z.data[at]), 0) / 100;
  expect(apart).toBeLessThan(2);
});

it('t-SNE is the same for any number of threads, keeps neighbours, and puts known rows near their places', async () => {
  const X = crowds(1600);
  const params = tSne.params.parse({ max_iter: 400 });
  const { Z, model } = await onThreads((threads) => tSne.fit(X, params, { threads }));
  expect(trustworthiness(X, Z, { n_neighbors: 15, mostRows: 300 }, {}).value).toBeGreaterThan(0.9);
  const again = tSne.transform(model, { rows: 50, columns: 8, data: X.data.subarray(0, 400) }, {});
  const span = Z.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const apart = again.data.reduce((sum, value, at) => sum + Math.abs(value - Z.data[at]), 0) / 100;
  expect(apart).toBeLessThan(span / 5);
});

it.each([
  { text: 'small steps', settings: { batch_size: 32, epochs: 2 } },
  { text: 'steps that threads share', settings: { batch_size: 200, hidden_layers: [96], epochs: 3 } },
])('an autoencoder by $text is the same for any number of threads', async ({ settings }) => {
  const X = crowds(2500);
  const { model, Z } = await onThreads((threads) =>
    autoencoder.fit(X, autoencoder.params.parse({ encoding_dim: 4, ...settings }), { threads }),
  );
  expect(model.validation_loss.at(-1)).toBeLessThan(0.8);
  expect(await onThreads((threads) => autoencoder.transform(model, X, { threads }))).toEqual(Z);
});
