import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { adjustedRand } from '@kindred/ml/cluster-metrics/agreement.ts';
import { Random } from '@kindred/ml/random.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { DirectoryStageContext } from '../../pipelines/directory-context.ts';
import type { Json } from '../../pipelines/stage.ts';
import { clusterFolder, tableFolder } from '../../test/clustering-folder.ts';
import { readLabels } from '../labels-file.ts';
import { type Leaderboard, leaderboard } from './leaderboard.ts';
import { planTrials } from './plan-trials.ts';
import { searchParams } from './search-params.ts';
import { searchStages } from './search-stages.ts';

const SEED = 7;
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Three kinds of flowers in four measures of different units, apart as clearly as iris' first kind is from the others, and their kind. */
function flowersCsv(rows: number): string {
  const random = new Random(11);
  const lines = ['sepal,petal,width,weight,kind'];
  for (let row = 0; row < rows; row++) {
    const kind = row % 3;
    const [sepal, petal, width, weight] = [
      [5, 1.4, 0.2, 300],
      [6, 4.2, 1.3, 520],
      [7.2, 6.4, 2.4, 900],
    ][kind];
    const near = (mean: number, deviation: number) => (mean + deviation * random.normal()).toFixed(3);
    lines.push(`${near(sepal, 0.3)},${near(petal, 0.35)},${near(width, 0.2)},${near(weight, 50)},${'abc'[kind]}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Both stages over a folder of their own. */
async function search(csv: string, params: object, options: { memoryBytes?: number; signal?: AbortSignal } = {}) {
  const folder = tableFolder(csv);
  folders.push(folder);
  const parsed = searchParams.parse(params) as unknown as Record<string, Json>;
  const progress: string[] = [];
  const metrics: { key: string; value: number; step: number | undefined }[] = [];
  let summary: Record<string, Json> = {};
  for (const stage of searchStages) {
    const context = await DirectoryStageContext.open(folder, {
      params: parsed,
      seed: SEED,
      threads: 1,
      onProgress: (_done, message) => progress.push(message ?? ''),
      onMetric: (key, value, step) => metrics.push({ key, value, step }),
      ...options,
    });
    summary = (await stage.run(context)).summary;
  }
  const text = readFileSync(join(folder, 'leaderboard.json'), 'utf8');
  return { folder, text, board: leaderboard.parse(JSON.parse(text)), summary, progress, metrics };
}

const states = ({ entries }: Leaderboard) => new Set(entries.map(({ state }) => state));
const QUICK = { max_trials: 60, n_clusters: { to: 6 }, reductions: ['none', 'pca'], finalists: 4, n_bootstraps: 4 };

describe('a search', () => {
  it('finds the true groups, says what is in them, and tells the best figure so far while it runs', async () => {
    const { board, summary, metrics, progress } = await search(flowersCsv(300), { ...QUICK, label_column: 'kind' });
    const [winner] = board.entries;
    expect([winner.state, winner.clusters, winner.rows]).toEqual(['final', 3, 300]);
    expect(winner.adjusted_rand).toBeGreaterThan(0.9);
    expect(winner.stability).toBeGreaterThan(0.9);
    expect(winner.summary).toMatch(/^3 clusters\. Cluster 0: \d+ rows .*(petal|width|weight|sepal)/);
    expect(summary).toMatchObject({ winner: { rank: 1, trial: winner.trial }, rows: 300, sample_rows: 300 });
    expect(board.entries.map(({ rank }) => rank).filter((rank) => rank !== null)).toEqual(
      Array.from({ length: board.entries.filter(({ rank }) => rank !== null).length }, (_, at) => at + 1),
    );
    // The best figure so far never falls.
    const best = metrics.filter(({ key }) => key === 'best_score').map(({ value }) => value);
    expect(best.length).toBeGreaterThan(10);
    expect(best).toEqual(best.toSorted((a, b) => a - b));
    expect(progress).toContainEqual(expect.stringMatching(/^trial \d+ of 60; best score so far -?\d\.\d+: /));
    // The known classes are no feature and count nothing.
    const { board: without } = await search(flowersCsv(300), {
      ...QUICK,
      columns: ['sepal', 'petal', 'width', 'weight'],
    });
    expect(without.entries.map(({ trial, rank }) => [trial, rank])).toEqual(
      board.entries.map(({ trial, rank }) => [trial, rank]),
    );
  });

  it('with a number of trials instead of a time gives the same bytes, and another plan for another seed', async () => {
    const params = { ...QUICK, label_column: 'kind', max_trials: 12, finalists: 2 };
    const [first, second] = [await search(flowersCsv(150), params), await search(flowersCsv(150), params)];
    expect(second.text).toBe(first.text);
    expect(first.board.trials).toMatchObject({ planned: 12, not_reached: 0 });
    const parsed = searchParams.parse(params);
    const names = (seed: number) => planTrials(parsed, 4, 150, seed).map(({ name }) => name);
    expect(names(SEED).slice(0, 12).toSorted()).toEqual(first.board.entries.map(({ name }) => name).toSorted());
    expect(names(8)).not.toEqual(names(SEED));
    expect(names(8).toSorted()).toEqual(names(SEED).toSorted());
  });

  it('is done again by a clustering job with the parameters of its leaderboard: the same labels', async () => {
    const csv = flowersCsv(900);
    const { board, folder } = await search(csv, {
      ...QUICK,
      sample_rows: 200,
      max_trials: 40,
      methods: ['kmeans', 'dbscan', 'hdbscan', 'gaussian_mixture'],
      label_column: 'kind',
    });
    expect([board.rows, board.sample_rows]).toEqual([900, 200]);
    expect(board.notes[0]).toContain('200 of 900 rows');
    const finals = board.entries.filter(({ state }) => state === 'final');
    expect(finals.length).toBeGreaterThan(1);
    for (const entry of finals) {
      const { context, summary } = await clusterFolder(folder, entry.params ?? {});
      const { labels } = await readLabels(context);
      expect([entry.rows, labels.length]).toEqual([900, 900]);
      expect(summary.clusters).toBe(entry.clusters);
      const kinds = Array.from(labels, (_, row) => row % 3);
      expect(adjustedRand(labels, kinds)).toBeCloseTo(entry.adjusted_rand ?? -1, 12);
    }
  });

  it('answers however little time there is, and says what it did not reach', async () => {
    const { board } = await search(flowersCsv(3000), { budget_seconds: 1, sample_rows: 2000, n_clusters: { to: 40 } });
    const [winner] = board.entries;
    expect(winner.rank).toBe(1);
    expect(winner.params).not.toBeNull();
    expect(board.trials.not_reached).toBeGreaterThan(0);
    expect(board.notes.join(' ')).toContain('The time was over before');
    expect(board.entries.find(({ state }) => state === 'not_reached')).toMatchObject({
      rank: null,
      reason: 'the time was over before its turn',
    });
  });

  it('leaves out what does not fit into memory, with the reason, and tries the rest', async () => {
    const params = { ...QUICK, max_trials: 30, sample_rows: 200, finalists: 1, methods: ['kmeans', 'agglomerative'] };
    // Average linkage of 3,000 rows keeps a table of all distances.
    const { board } = await search(flowersCsv(3000), params, { memoryBytes: 24 * 2 ** 20 });
    const skipped = board.entries.filter(({ state }) => state === 'skipped');
    expect(skipped.length).toBeGreaterThan(0);
    for (const { name, reason, rank, params } of skipped) {
      expect([rank, params]).toEqual([null, null]);
      expect(name).toContain('average');
      expect(reason).toMatch(/of 3000 rows needs \d+ MB, and there are 24 MB; \d+ rows would fit/);
    }
    expect(board.entries[0].state).toBe('final');
    await expect(search(flowersCsv(3000), params, { memoryBytes: 1000 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('puts last what tells nothing of the table, with the reason, and finds no winner in noise alone', async () => {
    const { board, summary } = await search(flowersCsv(90), {
      ...QUICK,
      max_trials: 100,
      methods: ['dbscan', 'kmeans'],
      n_clusters: { from: 30, to: 44 },
    });
    expect(states(board)).toContain('degenerate');
    const ranks = board.entries.filter(({ rank }) => rank !== null).map(({ state }) => state);
    expect(ranks.slice(ranks.indexOf('degenerate')).every((state) => state === 'degenerate')).toBe(true);
    const alone = board.entries.find(({ reason }) => reason === 'a cluster has one row');
    expect(alone?.sizes).toContain(1);
    expect(summary.winner).not.toBeNull();

    // One cloud.
    const random = new Random(2);
    const lines = Array.from({ length: 200 }, () => `${random.normal()},${random.normal()}`);
    const nothing = await search(`x,y\n${lines.join('\n')}\n`, {
      methods: ['dbscan'],
      preparations: ['standard'],
      reductions: ['none'],
      max_trials: 9,
    });
    expect(states(nothing.board)).toEqual(new Set(['degenerate']));
    expect(nothing.summary.winner).toBeNull();
    expect(nothing.board.notes).toEqual(['No trial found clusters: each result is degenerate.']);
  });

  it('ends when it is cancelled', async () => {
    const controller = new AbortController();
    const running = search(flowersCsv(3000), { budget_seconds: 600 }, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 50);
    await expect(running).rejects.toThrow('enough');
  });

  it.each([
    [{ methods: ['k-medoids'] }, ['methods', 0], /no method k-medoids; there are .*k_means/],
    [{ reductions: ['t_sne'] }, ['reductions', 0], /no method t_sne/],
    [{ budget_seconds: 0 }, ['budget_seconds'], /1/],
    [{ budget_seconds: null }, ['budget_seconds'], /max_trials/],
    [{ n_clusters: { from: 9, to: 4 } }, ['n_clusters', 'to'], /below from/],
    [{ preparations: [] }, ['preparations'], /1/],
    [{ colums: ['a'] }, [], /colums/],
  ])('refuses %j, naming the field', (params, path, message) => {
    const { error } = searchParams.safeParse(params);
    expect(error?.issues[0]).toMatchObject({ path, message: expect.stringMatching(message) });
  });

  it('limits the time unless told otherwise, and takes its own parameters again', () => {
    expect(searchParams.parse({}).budget_seconds).toBe(60);
    const counted = searchParams.parse({ max_trials: 5 });
    expect(counted.budget_seconds).toBeNull();
    expect(searchParams.parse(counted)).toEqual(counted);
  });
});
