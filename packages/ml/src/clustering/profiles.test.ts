import { expect, it } from 'vitest';
import { MlError } from '../errors.ts';
import { Random } from '../random.ts';
import { profileClusters } from './profiles.ts';

const random = new Random(12);
const labels = Int32Array.from({ length: 300 }, (_, row) => (row < 10 ? -1 : row % 3 === 0 ? 1 : 0));
const columns = [
  { name: 'income', values: Float64Array.from(labels, (label) => (label === 1 ? 5000 : 1000) + 300 * random.normal()) },
  { name: 'age', values: Float64Array.from(labels, () => 40 + 10 * random.normal()) },
  {
    name: 'town',
    categories: ['Kazan', 'Omsk'],
    values: Float64Array.from(labels, (label, row) =>
      row === 20 ? Number.NaN : Number(label === 1 || row % 10 === 0),
    ),
  },
];
const profiles = profileClusters({ rows: 300, columns }, labels);
const profileOf = (label: number, name: string) => {
  const found = profiles.find((profile) => profile.label === label)?.columns.find((column) => column.name === name);
  if (!found) throw new Error(`no ${name} in ${label}`);
  return found;
};

it('sizes and shares add up to the whole, noise first', () => {
  expect(profiles.map(({ label }) => label)).toEqual([-1, 0, 1]);
  expect(profiles.reduce((sum, { size }) => sum + size, 0)).toBe(300);
  expect(profiles.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
});

it("Cohen's d and Cramer's V by their definitions", () => {
  const income = profileOf(1, 'income');
  const split = [1, 0].map((wanted) => [...columns[0].values].filter((_, row) => Number(labels[row] === 1) === wanted));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const sample = (values: number[]) => values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0);
  const pooled = Math.sqrt((sample(split[0]) + sample(split[1])) / 298);
  expect(income.effect).toBeCloseTo((mean(split[0]) - mean(split[1])) / pooled, 9);

  const counts = [0, 1].map((inside) =>
    [0, 1].map(
      (code) => labels.filter((label, row) => Number(label === 1) === inside && columns[2].values[row] === code).length,
    ),
  );
  const [[a, b], [c, d]] = counts;
  const phi = Math.abs(a * d - b * c) / Math.sqrt((a + b) * (c + d) * (a + c) * (b + d));
  expect(profileOf(1, 'town').effect).toBeCloseTo(phi, 9);
});

it('says what tells a cluster, and nothing of what does not', () => {
  const words = profiles[2].words;
  expect(words).toMatch(
    /^Cluster 1: \d+ rows \(\d+ %\) with much higher income \([\d,]+, overall [\d,]+\); town is "Omsk" in 100 %/,
  );
  expect(words).not.toContain('age');
  expect(profiles[2].top).toEqual(['income', 'town']);
  expect(profiles[0].words).toContain('Rows in no cluster: 10 rows');
  const one = profileClusters({ rows: 300, columns }, new Int32Array(300));
  expect(one[0].words).toBe('Cluster 0: 300 rows (100 %), like the whole in every column.');
});

it('shares and lifts of categories leave missing ones out', () => {
  const town = profileOf(0, 'town');
  if (town.kind !== 'text') throw new Error('a text');
  expect(town.categories.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  for (const { share, wholeShare, lift } of town.categories) expect(lift).toBeCloseTo(share / wholeShare, 12);
});

it('refuses labels of another length', () => {
  expect(() => profileClusters({ rows: 300, columns }, labels.slice(1))).toThrow(MlError);
});

it('speaks of times as days, later and earlier', () => {
  const day = 86_400_000;
  const since = {
    name: 'since',
    values: Float64Array.from(labels, (label, row) => (label === 1 ? 17_000 : 10_000) * day + (row % 7) * day),
  };
  const [, , late] = profileClusters({ rows: 300, columns: [since] }, labels, new Set(['since']));
  expect(late.words).toMatch(/with much later since \(2016-07-2\d, overall \d{4}-\d\d-\d\d\)\.$/);
  expect(late.columns[0]).toMatchObject({ kind: 'number', isTime: true });
});
