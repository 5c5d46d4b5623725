/**
 * Gradient boosting against LightGBM on the same rows, one thread each, in alternation: time of the fit (binning included) and
 * quality on held-out rows. `pnpm bench boosting [rounds]`. LightGBM comes from PyPI into ~/.cache/kindred; without it the
 * comparison says SKIPPED and why, and only our own figures are printed.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Columns } from '../src/boosting/columns.ts';
import { fitGradientBoosting } from '../src/boosting/fit.ts';
import { type GradientBoostingParams, gradientBoostingParams } from '../src/boosting/params.ts';
import { predictGradientBoosting } from '../src/boosting/predict.ts';
import type { TrainingData } from '../src/boosting/training-data.ts';
import { meanAveragePrecisionAt } from '../src/metrics/mean-average-precision.ts';
import { meanNdcgAt } from '../src/metrics/ndcg.ts';
import { rocAuc } from '../src/metrics/roc-auc.ts';
import { Random } from '../src/random.ts';

interface Case {
  readonly name: string;
  readonly rows: number;
  readonly testRows: number;
  readonly features: number;
  readonly group: number;
  readonly params: GradientBoostingParams;
}

const CASES: readonly Case[] = [
  {
    name: 'binary',
    rows: 200_000,
    testRows: 50_000,
    features: 50,
    group: 500,
    params: gradientBoostingParams.parse({ objective: 'binary' }),
  },
  {
    name: 'lambdarank',
    rows: 200_000,
    testRows: 50_000,
    features: 50,
    group: 500,
    params: gradientBoostingParams.parse({ objective: 'lambdarank' }),
  },
];

interface Outcome {
  readonly seconds: number;
  readonly scores: Float64Array;
}

function main([rounds = '2']: readonly string[]): void {
  const python = lightgbmPython();
  for (const one of CASES) {
    const random = new Random(7);
    const train = sampleRows(one, one.rows, random);
    const test = sampleRows(one, one.testRows, random);
    const folder = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
    try {
      writeRows(folder, 'train', train);
      writeRows(folder, 'test', test);
      for (let round = 1; round <= Number(rounds); round++) {
        const own = fitOwn(one, train, test.X);
        print(one, round, 'kindred', own, test);
        if (!python) continue;
        const peer = fitLightgbm(python, folder, one);
        print(one, round, 'lightgbm', peer, test);
        console.log(`${one.name} round ${round}: time ratio ${(own.seconds / peer.seconds).toFixed(2)}`);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

function print(one: Case, round: number, engine: string, { seconds, scores }: Outcome, test: TrainingData): void {
  const groups = test.groups ?? [];
  const figures = [
    `fit ${seconds.toFixed(2)} s`,
    `AUC ${rocAuc(scores, test.y).toFixed(5)}`,
    `NDCG@100 ${meanNdcgAt(scores, test.y, groups, 100).toFixed(5)}`,
    `MAP@100 ${meanAveragePrecisionAt(scores, test.y, groups, 100).toFixed(5)}`,
  ];
  console.log(`${one.name} round ${round} ${engine.padEnd(8)} ${figures.join('  ')}`);
}

/** Rows with linear, wavy, stepped and crossed effects, an effect of the group as a whole, missing values and noise columns. */
function sampleRows({ features, group }: Case, rows: number, random: Random): TrainingData {
  const columns = Array.from({ length: features }, () => Float32Array.from({ length: rows }, () => random.normal()));
  const y = new Uint8Array(rows);
  let level = 0;
  for (let row = 0; row < rows; row++) {
    if (row % group === 0) level = random.normal();
    const x = (feature: number) => columns[feature][row];
    const signal =
      1.2 * x(0) +
      x(1) * x(2) +
      1.5 * Math.sin(2 * x(3)) +
      (x(4) > 0.5 ? 1 : -0.5) +
      0.3 * x(5) ** 2 +
      x(6) * (x(7) > 0 ? 1 : 0);
    if (random.uniform() < 1 / (1 + Math.exp(2.5 - 1.5 * signal - level))) y[row] = 1;
    if (random.uniform() < 0.1) columns[0][row] = Number.NaN;
    columns[8][row] = Math.round(x(8));
    columns[9][row] = Math.max(0, x(9) - 1);
  }
  const groups = Int32Array.from({ length: rows / group + 1 }, (_, at) => at * group);
  return { X: { rows, columns, names: columns.map((_, at) => `f${at}`) }, y, groups };
}

function fitOwn({ params }: Case, train: TrainingData, test: Columns): Outcome {
  const started = performance.now();
  const model = fitGradientBoosting(train, params);
  const seconds = (performance.now() - started) / 1000;
  return { seconds, scores: predictGradientBoosting(model, test) };
}

function writeRows(folder: string, name: string, { X, y }: TrainingData): void {
  const bytes = (array: Float32Array | Uint8Array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  writeFileSync(join(folder, `${name}.x`), Buffer.concat(X.columns.map(bytes)));
  writeFileSync(join(folder, `${name}.y`), bytes(Uint8Array.from(y)));
}

const LIGHTGBM_SCRIPT = `
import sys, json, time, numpy as np, lightgbm as lgb
folder, features, group, own = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), json.loads(sys.argv[4])
def load(name):
    y = np.fromfile(folder + '/' + name + '.y', np.uint8)
    return np.ascontiguousarray(np.fromfile(folder + '/' + name + '.x', np.float32).reshape(features, len(y)).T), y
x, y = load('train')
test, test_y = load('test')
params = dict(objective=own['objective'], num_leaves=own['leaves'], learning_rate=own['learningRate'], num_threads=1,
    min_data_in_leaf=own['minDataInLeaf'], lambda_l2=own['lambdaL2'], max_bin=own['maxBins'], verbose=-1, seed=1,
    lambdarank_truncation_level=own['truncation'], min_sum_hessian_in_leaf=own['minHessianInLeaf'])
started = time.perf_counter()
data = lgb.Dataset(x, label=y, group=[group] * (len(y) // group) if own['objective'] == 'lambdarank' else None)
booster = lgb.train(params, data, own['trees'])
seconds = time.perf_counter() - started
booster.predict(test, raw_score=True).astype(np.float64).tofile(folder + '/scores')
print(seconds)
`;

function fitLightgbm(python: string, folder: string, { features, group, params }: Case): Outcome {
  const script = ['-c', LIGHTGBM_SCRIPT, folder, String(features), String(group), JSON.stringify(params)];
  const seconds = Number(execFileSync(python, script, { encoding: 'utf8' }));
  return { seconds, scores: new Float64Array(new Uint8Array(readFileSync(join(folder, 'scores'))).buffer) };
}

/** A Python that has LightGBM: KINDRED_PYTHON, or an environment of our own that is made on first use. */
function lightgbmPython(): string | undefined {
  const configured = process.env.KINDRED_PYTHON;
  const environment = join(homedir(), '.cache', 'kindred', 'lightgbm');
  const python = configured ?? join(environment, 'bin', 'python');
  try {
    if (!configured && !existsSync(python)) {
      mkdirSync(environment, { recursive: true });
      execFileSync('python3', ['-m', 'venv', environment], { stdio: 'pipe' });
    }
    if (!configured) execFileSync(python, ['-m', 'pip', 'install', '-q', 'lightgbm', 'numpy'], { stdio: 'pipe' });
    execFileSync(python, ['-c', 'import lightgbm, numpy'], { stdio: 'pipe' });
    return python;
  } catch (error) {
    console.log(`SKIPPED comparison with LightGBM: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

main(process.argv.slice(2));
