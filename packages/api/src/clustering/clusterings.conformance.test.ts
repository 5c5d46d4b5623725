/** Every method of clustering beside scikit-learn's on tables with known clusters, by the adjusted Rand index. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { adjustedRand } from '@kindred/ml/cluster-metrics/agreement.ts';
import { suggestEps } from '@kindred/ml/clustering/eps-suggestion.ts';
import type { AnyAlgorithm } from '@kindred/ml/estimator.ts';
import { registry } from '@kindred/ml/registry.ts';
import { expect, it } from 'vitest';
import { type BenchmarkSet, benchmarkSets } from '../test/benchmark-sets.ts';
import { findScikitLearn } from '../test/scikit-learn.ts';

interface Run {
  readonly method: string;
  readonly own: Record<string, unknown>;
  readonly theirs: Record<string, unknown>;
  /** How much lower our index may be: nothing where both are to find the same, more where a start is random. */
  readonly slack: number;
  /** Scikit-learn takes minutes for more. */
  readonly mostRows?: number;
}

const EXACT = 1e-9;
const RANDOM_START = 0.03;

function runs({ X, clusters }: BenchmarkSet): Run[] {
  const { eps } = suggestEps(X, 5, {});
  const k = { n_clusters: clusters };
  const linkage = (name: string, slack: number): Run => {
    const params = { ...k, linkage: name };
    return { method: 'agglomerative', own: params, theirs: params, slack, mostRows: 5000 };
  };
  const starts = { n_init: 10, random_state: 1 };
  return [
    { method: 'kMeans', own: { ...k, n_init: 50 }, theirs: { ...k, n_init: 50, random_state: 1 }, slack: RANDOM_START },
    {
      method: 'gaussianMixture',
      own: { n_components: clusters, n_init: 10 },
      theirs: { n_components: clusters, ...starts },
      slack: RANDOM_START,
    },
    linkage('ward', EXACT),
    linkage('single', EXACT),
    // Equal distances may be merged in another order.
    linkage('average', RANDOM_START),
    linkage('complete', RANDOM_START),
    { method: 'dbscan', own: { eps }, theirs: { eps, min_samples: 5 }, slack: EXACT },
    {
      method: 'hdbscan',
      own: { min_cluster_size: 10 },
      theirs: { min_cluster_size: 10, copy: true },
      slack: RANDOM_START,
    },
    {
      method: 'optics',
      own: { min_samples: 10, min_cluster_size: 0.05 },
      theirs: { min_samples: 10, min_cluster_size: 0.05 },
      slack: RANDOM_START,
      mostRows: 1600,
    },
    {
      method: 'spectral',
      own: { ...k, gamma: 5, exact_rows: 4000 },
      theirs: { ...k, gamma: 5, random_state: 1 },
      slack: RANDOM_START,
      mostRows: 1600,
    },
  ];
}

const python = findScikitLearn();
const entries: readonly AnyAlgorithm[] = Object.values(registry);

it.skipIf(!python)(
  `is as near the truth as scikit-learn${python ? '' : ' (SKIPPED: no Python with scikit-learn)'}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'kindred-sets-'));
    try {
      const sets = benchmarkSets().map((set, at) => {
        const file = join(folder, `${at}.x`);
        writeFileSync(file, set.X.data);
        return { ...set, file, runs: runs(set).filter(({ mostRows }) => set.X.rows <= (mostRows ?? Infinity)) };
      });
      const cases = sets.map(({ file, X, runs }) => ({
        file,
        rows: X.rows,
        columns: X.columns,
        jobs: runs.map(({ method, theirs }) => [method, theirs]),
      }));
      const program = fileURLToPath(new URL('./scikit-learn.conformance.py', import.meta.url));
      const { stdout, stderr } = spawnSync(python ?? '', [program], {
        input: JSON.stringify(cases),
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
      });
      expect(stderr).toBe('');
      const answers = JSON.parse(stdout) as number[][][];
      const rows = sets.flatMap((set, at) =>
        set.runs.map(({ method, own, theirs, slack }, run) => {
          const entry = entries.find(({ name }) => name === method);
          if (entry?.kind !== 'clusterer') throw new Error(`${method} is no clusterer`);
          const { labels } = entry.fit(set.X, entry.params.parse(own), {});
          const ours = adjustedRand(set.truth, labels);
          const peer = adjustedRand(set.truth, Int32Array.from(answers[at][run]));
          const name = typeof theirs.linkage === 'string' ? `${method}, ${theirs.linkage}` : method;
          return {
            set: set.name,
            method: name,
            ours: ours.toFixed(3),
            peer: peer.toFixed(3),
            low: ours < peer - slack,
          };
        }),
      );
      console.table(rows);
      expect(rows.filter(({ low }) => low)).toEqual([]);
      expect(rows.length).toBeGreaterThan(40);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  900_000,
);
