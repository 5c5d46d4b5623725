/**
 * Every method of clustering, reduction and judgement on 2,000, 20,000 and 100,000 rows x 20 columns beside scikit-learn (umap-learn
 * for UMAP, its compile time left out), in alternation, two threads each, every run in a process of its own that fits as often as a
 * second allows, at the most a hundred times, and gives the least time (so a short fit is timed warm on both sides):
 * `pnpm bench clustering [--methods a,b] [--sizes 2000,20000] [--rounds 2]`. Prints the time of a fit, peak memory of the process and
 * quality (adjusted Rand index against the truth; trustworthiness; a metric's value), and ratios ours / theirs of the least times. The
 * peers run on KINDRED_PYTHON (scikit-learn, umap-learn); without it only our own figures are printed and it says SKIPPED.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { adjustedRand } from '@kindred/ml/cluster-metrics/agreement.ts';
import type { AnyAlgorithm } from '@kindred/ml/estimator.ts';
import type { Matrix } from '@kindred/ml/matrix.ts';
import { nearestNeighbors } from '@kindred/ml/neighbors/nearest-neighbors.ts';
import { Random } from '@kindred/ml/random.ts';
import { registry } from '@kindred/ml/registry.ts';
import { KernelThreads } from '../src/threads/kernel-threads.ts';

const COLUMNS = 20;
const CLOUDS = 8;
const MOST_MINUTES = 10;
/** Of fits of a millisecond, so many that both sides are warm. */
const MOST_FITS = 100;
/** Between the distances within a cloud and those between clouds. */
const EPS = 14;
/** Affinities e^-1 at the usual distance within a cloud; the defaults of both sides are for scaled columns. */
const GAMMA = 0.004;

/** Parameters beside the defaults, the same as in clustering.py; `name:variant` is a method with others. */
const SETTINGS: Record<string, Record<string, unknown>> = {
  kMeans: { n_clusters: CLOUDS },
  dbscan: { eps: EPS },
  hdbscan: { min_cluster_size: 50 },
  optics: { min_samples: 10, min_cluster_size: 0.02 },
  agglomerative: { n_clusters: CLOUDS },
  'agglomerative:single': { n_clusters: CLOUDS, linkage: 'single' },
  'agglomerative:average': { n_clusters: CLOUDS, linkage: 'average' },
  gaussianMixture: { n_components: CLOUDS },
  spectral: { n_clusters: CLOUDS, gamma: GAMMA },
  pca: { n_components: 2 },
  kernelPca: { n_components: 2, gamma: GAMMA },
  factorAnalysis: { n_components: 2 },
  // All passes over all rows, as the peer.
  autoencoder: { validation_share: 0, patience: 0 },
  umap: { n_components: 2 },
  tSne: { n_components: 2 },
};

const KINDS = ['clusterer', 'reducer', 'cluster_metric'];
const listed = Object.values<AnyAlgorithm>(registry).filter(({ kind }) => KINDS.includes(kind));
const METHODS = [
  'nearestNeighbors',
  ...listed.flatMap(({ name }) => [name, ...Object.keys(SETTINGS).filter((key) => key.startsWith(`${name}:`))]),
];

interface Outcome {
  readonly seconds: number;
  readonly megabytes: number;
  readonly quality: number;
}

interface Table {
  readonly file: string;
  readonly labels: string;
  readonly rows: number;
  readonly Z: string;
}

/** Clouds of different width, some of which touch. */
function writeTable(folder: string, rows: number): Table {
  const random = new Random(1);
  const centres = Float64Array.from({ length: CLOUDS * COLUMNS }, () => random.uniform() * 20 - 10);
  const labels = Int32Array.from({ length: rows }, () => random.below(CLOUDS));
  const data = Float64Array.from({ length: rows * COLUMNS }, (_, at) => {
    const cloud = labels[Math.floor(at / COLUMNS)];
    return centres[cloud * COLUMNS + (at % COLUMNS)] + (2 + cloud / 8) * random.normal();
  });
  const table = {
    file: join(folder, `${rows}.x`),
    labels: join(folder, `${rows}.y`),
    Z: join(folder, `${rows}.z`),
    rows,
  };
  writeFileSync(table.file, data);
  writeFileSync(table.labels, labels);
  return table;
}

const bytesOf = (file: string): ArrayBuffer => new Uint8Array(readFileSync(file)).buffer;

/** One fit or score; what it gave, judged only when asked. */
function fitOnce(
  entry: AnyAlgorithm | undefined,
  method: string,
  X: Matrix,
  truth: Int32Array,
  threads: KernelThreads,
) {
  const params = entry?.params.parse(SETTINGS[method] ?? {}) ?? {};
  if (entry?.kind === 'clusterer') {
    const { labels } = entry.fit(X, params, { threads });
    return { quality: () => adjustedRand(truth, labels) };
  }
  if (entry?.kind === 'reducer') {
    const { Z } = entry.fit(X, params, { threads });
    return { quality: () => Number.NaN, Z };
  }
  if (entry?.kind === 'cluster_metric') {
    const { value } = entry.score(X, truth, params, { threads });
    return { quality: () => value };
  }
  const { distances } = nearestNeighbors(X, 15, { threads }, { includeSelf: true });
  return { quality: () => distances.reduce((sum, distance) => sum + distance, 0) / distances.length };
}

/** In the child: one method. */
async function runOwn(method: string, table: Table): Promise<Outcome> {
  const X: Matrix = { rows: table.rows, columns: COLUMNS, data: new Float64Array(bytesOf(table.file)) };
  const truth = new Int32Array(bytesOf(table.labels));
  const threads = new KernelThreads(2);
  const entry = listed.find(({ name }) => name === method.split(':')[0]);
  let seconds = Number.POSITIVE_INFINITY;
  let megabytes = 0;
  let quality = Number.NaN;
  for (let run = 0, spent = 0; run < MOST_FITS && spent < 1; run++) {
    const start = performance.now();
    const done = fitOnce(entry, method, X, truth, threads);
    const took = (performance.now() - start) / 1000;
    seconds = Math.min(seconds, took);
    spent += took;
    if (run > 0) continue;
    // Of the first: later ones add what waits for the garbage collector.
    megabytes = process.resourceUsage().maxRSS / 1024;
    quality = done.quality();
    if (done.Z) writeFileSync(table.Z, done.Z.data);
  }
  await threads.close();
  return { seconds, megabytes, quality };
}

/** The JSON that a child printed, or why there is none. */
function outcomeOf(program: string, args: readonly string[]): Outcome | string {
  const { stdout, stderr, status, signal } = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: MOST_MINUTES * 60_000,
    env: { ...process.env, OMP_NUM_THREADS: '2', OPENBLAS_NUM_THREADS: '2', NUMBA_NUM_THREADS: '2' },
  });
  if (signal) return `more than ${MOST_MINUTES} minutes, or killed`;
  if (status !== 0) return stderr.trim().split('\n').at(-1)?.slice(0, 90) ?? 'failed';
  const line = stdout.trim().split('\n').at(-1) ?? '';
  const printed = JSON.parse(line.replaceAll('NaN', 'null')) as Partial<Outcome> & { none?: boolean };
  if (printed.none) return 'no such method there';
  return { seconds: printed.seconds ?? 0, megabytes: printed.megabytes ?? 0, quality: printed.quality ?? Number.NaN };
}

const figures = (outcome: Outcome | string): string =>
  typeof outcome === 'string'
    ? outcome
    : `${outcome.seconds.toFixed(3)} s ${outcome.megabytes.toFixed(0)} MB ${outcome.quality.toFixed(4)}`;

const quicker = (a: Outcome | string | undefined, b: Outcome | string): Outcome | string =>
  typeof a === 'object' && (typeof b === 'string' || a.seconds <= b.seconds) ? a : b;

function compare(method: string, table: Table, python: string | undefined, rounds: number): void {
  const peerFile = fileURLToPath(new URL('./clustering.py', import.meta.url));
  const options = JSON.stringify({ k: CLOUDS, eps: EPS, gamma: GAMMA, labels: table.labels, Z: table.Z });
  const peerArgs = (name: string) => [peerFile, name, table.file, String(table.rows), String(COLUMNS), options];
  let own: Outcome | string | undefined;
  let peer: Outcome | string | undefined;
  for (let round = 0; round < rounds; round++) {
    own = quicker(own, outcomeOf(process.execPath, [import.meta.filename, '--run', method, JSON.stringify(table)]));
    if (!python) continue;
    if (round > 0 && typeof peer === 'string') continue;
    peer = quicker(peer, outcomeOf(python, peerArgs(method)));
  }
  if (!own) return;
  const reduces = listed.some(({ name, kind }) => name === method && kind === 'reducer');
  if (python && reduces && typeof own === 'object') {
    const judged = outcomeOf(python, peerArgs('trustworthiness'));
    if (typeof judged === 'object') own = { ...own, quality: judged.quality };
  }
  const ratio =
    typeof own === 'object' && typeof peer === 'object'
      ? `time ${(own.seconds / peer.seconds).toFixed(2)}, memory ${(own.megabytes / peer.megabytes).toFixed(2)}`
      : '-';
  console.log(`| ${method} | ${table.rows} | ${figures(own)} | ${peer ? figures(peer) : 'SKIPPED'} | ${ratio} |`);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    methods: { type: 'string', default: METHODS.join(',') },
    sizes: { type: 'string', default: '2000,20000,100000' },
    rounds: { type: 'string', default: '2' },
    run: { type: 'string' },
  },
});
if (values.run !== undefined) {
  console.log(JSON.stringify(await runOwn(values.run, JSON.parse(positionals[0]) as Table)));
} else {
  const python = process.env.KINDRED_PYTHON;
  if (!python) console.log('SKIPPED: the peers; KINDRED_PYTHON names no Python with scikit-learn and umap-learn.');
  console.log('| method | rows | ours | peer | ratio ours / peer |\n|---|---|---|---|---|');
  const methods = values.methods.split(',');
  const unknown = methods.find((method) => !METHODS.includes(method));
  if (unknown !== undefined) throw new Error(`no method ${unknown}; there are ${METHODS.join(', ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
  try {
    for (const rows of values.sizes.split(',').map(Number)) {
      const table = writeTable(folder, rows);
      for (const method of methods) compare(method, table, python, Number(values.rounds));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
