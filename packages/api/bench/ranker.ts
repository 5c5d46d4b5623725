/**
 * The look-alike ranker against LightGBM's lambdarank on the same feature table: `pnpm bench ranker [seed]`. A demo world is
 * generated, ingested and asked the questions that training asks; both learn from these rows and rank every client for the closed
 * offers, whose outcome lies after the data. Prints MAP@100 of both, of the world's informed ranker, and ratios. LightGBM comes
 * from PyPI into ~/.cache/kindred; without it the comparison says SKIPPED and why.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { averagePrecisionAt } from '@kindred/ml/metrics/average-precision.ts';
import { z } from 'zod';
import { brandAffinity } from '../src/lookalike/engine/brand-affinity.ts';
import { FEATURES, fillRows, termsOf } from '../src/lookalike/engine/features.ts';
import { eventsByBrand, minimumCheque } from '../src/lookalike/engine/queries.ts';
import { fitRanker, rawScores, START } from '../src/lookalike/engine/ranker.ts';
import { rankerSettings } from '../src/lookalike/engine/ranker-settings.ts';
import { fitTaste, type ViewTaste } from '../src/lookalike/engine/taste.ts';
import { planTraining } from '../src/lookalike/engine/training-plan.ts';
import { type Block, joinBlocks, trainingBlocks } from '../src/lookalike/engine/training-set.ts';
import { viewUsers } from '../src/lookalike/engine/user-view.ts';
import { unpackWorld, type World } from '../src/lookalike/engine/world.ts';
import { featuresStage } from '../src/lookalike/stages/features.ts';
import { ingestStage } from '../src/lookalike/stages/ingest.ts';
import { DirectoryStageContext } from '../src/pipelines/directory-context.ts';

const truthSchema = z.object({
  summary: z.object({ informed: z.number(), oracle: z.number(), activity: z.number(), random: z.number() }),
  offers: z.array(z.object({ offer_id: z.number(), brand_dk: z.number(), positives: z.array(z.number()) })),
});
type Truth = z.output<typeof truthSchema>;

interface Asked {
  readonly rows: Float32Array;
  readonly labels: Uint8Array;
  readonly positives: number;
}

const LIGHTGBM = `
import sys, numpy as np, lightgbm as lgb
folder, width, trees, start = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
read = lambda name, kind: np.fromfile(folder + '/' + name, dtype=kind)
X = read('train.x', np.float32).reshape(-1, width)
starts = X[:, start].astype(np.float64) if start >= 0 else None
data = lgb.Dataset(X, label=read('train.y', np.uint8), group=np.diff(read('train.g', np.int32)), init_score=starts)
params = dict(objective='lambdarank', lambdarank_truncation_level=100, num_leaves=31, learning_rate=0.1, num_threads=2, verbose=-1)
model = lgb.train(params, data, num_boost_round=trees)
T = read('test.x', np.float32).reshape(-1, width)
(model.predict(T) + (T[:, start] if start >= 0 else 0)).astype(np.float64).tofile(folder + '/scores')
`;

const node = process.execPath;
const demo = fileURLToPath(new URL('../../demo/src/cli.ts', import.meta.url));

async function makeWorld(folder: string, seed: string): Promise<{ world: World; truth: Truth }> {
  execFileSync(node, [demo, 'world', '--seed', seed, '--out', join(folder, 'truth')], { stdio: 'ignore' });
  execFileSync(node, [demo, 'world', '--seed', seed, '--batches', folder], { stdio: 'ignore' });
  const context = await DirectoryStageContext.open(folder, {
    resolve: (name) => {
      const batch = /^batch\.(\w+)\.(\d+)$/.exec(name);
      const path = batch ? join(folder, 'batches', batch[1], `${batch[2]}.json`) : join(folder, name);
      return existsSync(path) ? path : undefined;
    },
  });
  for (const stage of [ingestStage, featuresStage]) await stage.run(context);
  const bytes = readFileSync(join(folder, 'world.bin'));
  const world = unpackWorld(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return { world, truth: truthSchema.parse(JSON.parse(readFileSync(join(folder, 'truth', 'truth.json'), 'utf8'))) };
}

/** Rows of training and of the closed offers, from the same code as the service's. */
function tables(world: World, truth: Truth) {
  const settings = rankerSettings({}, 1);
  const byBrand = eventsByBrand(world);
  const plan = planTraining(world, byBrand, settings.plan);
  const blocks: Block[] = [];
  let before: ViewTaste | undefined;
  const viewAt = (day: number) => {
    const view = viewUsers(world, day);
    const taste = fitTaste(world, view, settings.taste, before);
    before = taste;
    return { view, taste };
  };
  for (const cut of [...plan.training, ...plan.recent]) {
    blocks.push(...trainingBlocks(world, viewAt(cut.day), byBrand, cut.queries, settings.sampling, blocks.length));
  }
  const { view, taste } = viewAt(world.lastDay + 1);
  const userAt = new Map(Array.from(world.userIds, (id, at) => [id, at]));
  const asked = truth.offers.map(({ offer_id, brand_dk, positives }): Asked => {
    const offer = world.offers.ids.indexOf(offer_id);
    const affinity = brandAffinity(world, view, taste, world.brandIds.indexOf(brand_dk));
    const came = new Set(positives.map((id) => userAt.get(id)));
    const users = Int32Array.from(affinity.customer.keys()).filter((u) => affinity.customer[u] === 0);
    const rows = new Float32Array(users.length * FEATURES.length);
    const { start, end, texts } = world.offers;
    const terms = termsOf({ start: start[offer], end: end[offer], cheque: minimumCheque(texts[offer]) });
    fillRows({ view, affinity, offer: terms }, users, rows);
    return { rows, labels: Uint8Array.from(users, (u) => (came.has(u) ? 1 : 0)), positives: positives.length };
  });
  return { settings, train: joinBlocks(blocks), asked };
}

function mapOf(asked: readonly Asked[], scores: readonly Float64Array[]): number {
  const precisions = asked.map(({ labels, positives }, at) => {
    const order = Array.from(labels.keys()).sort((a, b) => scores[at][b] - scores[at][a] || a - b);
    return averagePrecisionAt(
      Uint8Array.from(order.slice(0, 100), (row) => labels[row]),
      positives,
      100,
    );
  });
  return precisions.reduce((sum, value) => sum + value, 0) / precisions.length;
}

function lightgbm(
  folder: string,
  python: string,
  train: ReturnType<typeof joinBlocks>,
  asked: readonly Asked[],
  trees: number,
  start: number,
) {
  const width = FEATURES.length;
  const rows = new Float32Array(train.X.rows * width);
  train.X.columns.forEach((column, f) => {
    for (let row = 0; row < column.length; row++) rows[row * width + f] = column[row];
  });
  writeFileSync(join(folder, 'train.x'), rows);
  writeFileSync(join(folder, 'train.y'), train.y);
  writeFileSync(join(folder, 'train.g'), train.groups);
  writeFileSync(join(folder, 'test.x'), Buffer.concat(asked.map(({ rows: test }) => Buffer.from(test.buffer))));
  const started = performance.now();
  execFileSync(python, ['-c', LIGHTGBM, folder, String(width), String(trees), String(start)], { stdio: 'inherit' });
  const seconds = (performance.now() - started) / 1000;
  const bytes = readFileSync(join(folder, 'scores'));
  const all = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  let at = 0;
  const scores = asked.map(({ labels }) => {
    at += labels.length;
    return all.subarray(at - labels.length, at);
  });
  return { map: mapOf(asked, scores), seconds };
}

function pythonWithLightgbm(): string | undefined {
  const environment = join(homedir(), '.cache', 'kindred', 'lightgbm');
  const python = process.env.KINDRED_PYTHON ?? join(environment, 'bin', 'python');
  try {
    if (!existsSync(python)) {
      mkdirSync(environment, { recursive: true });
      execFileSync('python3', ['-m', 'venv', environment], { stdio: 'pipe' });
      execFileSync(python, ['-m', 'pip', 'install', '-q', 'lightgbm', 'numpy'], { stdio: 'pipe' });
    }
    execFileSync(python, ['-c', 'import lightgbm, numpy'], { stdio: 'pipe' });
    return python;
  } catch (error) {
    console.log(`SKIPPED LightGBM: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

const [seed = '1'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'kindred-ranker-'));
try {
  const { world, truth } = await makeWorld(folder, seed);
  const { settings, train, asked } = tables(world, truth);
  const started = performance.now();
  const model = fitRanker(train, settings.boosting);
  const seconds = (performance.now() - started) / 1000;
  const own = mapOf(
    asked,
    asked.map(({ rows, labels }) => rawScores(model, rows, labels.length)),
  );
  const { informed, oracle, activity } = truth.summary;
  console.log(`${asked.length} closed offers, ${train.X.rows} rows x ${FEATURES.length} features, seed ${seed}`);
  console.log(
    `kindred   MAP@100 ${own.toFixed(4)}  ${(own / informed).toFixed(3)} of informed  fit ${seconds.toFixed(1)} s`,
  );
  const python = pythonWithLightgbm();
  if (python) {
    const peers = { lightgbm: -1, 'lightgbm from the same start': START };
    for (const [name, start] of Object.entries(peers)) {
      const peer = lightgbm(folder, python, train, asked, 100, start);
      console.log(
        `${name}  MAP@100 ${peer.map.toFixed(4)}  ${(peer.map / informed).toFixed(3)} of informed  fit and predict ${peer.seconds.toFixed(1)} s`,
      );
      console.log(`ratio kindred / ${name} ${(own / peer.map).toFixed(3)}`);
    }
  }
  console.log(`informed ${informed.toFixed(4)}  oracle ${oracle.toFixed(4)}  activity ${activity.toFixed(4)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
