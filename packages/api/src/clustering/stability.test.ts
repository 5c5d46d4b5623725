import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { clusterFolder, tableFolder } from '../test/clustering-folder.ts';
import { payersCsv } from '../test/payers-csv.ts';

let folder: string;
beforeAll(() => {
  folder = tableFolder(payersCsv(240));
});
afterAll(() => rm(folder, { recursive: true }));

const profile = z.object({
  label: z.int(),
  stability: z.object({ agreement: z.number(), jaccard: z.number() }).optional(),
});

it('stability is a column of the labelled data set and a part of each profile, where it was asked for', async () => {
  const params = { columns: ['income', 'debt'], clustering: { method: 'kmeans', params: { n_clusters: 4 } } };
  const read = async (stability: object | null) => {
    const { context, summary, metrics } = await clusterFolder(folder, { ...params, stability });
    const lines = readFileSync(await context.path('result.csv'), 'utf8')
      .trim()
      .split('\n');
    return { summary, metrics, lines, profiles: z.array(profile).parse(await context.json('profiles.json')) };
  };
  const found = await read({ n_bootstraps: 8, sample_rows: 150 });
  expect(found.lines[0]).toMatch(/,Cluster,Stability$/);
  const shares = found.lines.slice(1).map((line) => Number(line.split(',').at(-1)));
  expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  expect(Math.min(...shares)).toBeLessThan(1);
  const jaccards = found.profiles.map(({ stability }) => stability?.jaccard ?? Number.NaN);
  expect(jaccards.every((value) => value > 0 && value <= 1)).toBe(true);
  // Three groups in four clusters: they do not come out the same every time.
  expect(Math.min(...jaccards)).toBeLessThan(0.9);
  expect(found.summary.stability).toMatchObject({
    resamples: 8,
    drawn: 150,
    sampled: expect.stringContaining('150 of'),
  });
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  expect(found.metrics).toEqual([{ key: 'stability', value: expect.closeTo(mean, 12), step: undefined }]);

  const without = await read(null);
  expect(without.lines[0]).toMatch(/,Cluster$/);
  expect(without.profiles.every(({ stability }) => stability === undefined)).toBe(true);
});
