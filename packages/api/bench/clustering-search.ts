/**
 * How well a search chooses: `pnpm bench clustering-search [--budget 20] [--sets moons,uci_wine] [--seed 1]`. For tables of known groups it
 * prints the adjusted Rand index of the winner beside the best of all trials that were run (which nobody knows without the groups), the
 * difference (regret), and the time taken beside the budget. Tables are generated; those of ../shared/data/clustering are added where it is there.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Random } from '@kindred/ml/random.ts';
import { leaderboard } from '../src/clustering/search/leaderboard.ts';
import { searchParams } from '../src/clustering/search/search-params.ts';
import { searchStages } from '../src/clustering/search/search-stages.ts';
import { DirectoryStageContext } from '../src/pipelines/directory-context.ts';
import type { Json } from '../src/pipelines/stage.ts';
import { convertTable } from '../src/uploads/convert-table.ts';

const SHARED = join(process.env.KINDRED_SHARED ?? '/work/shared', 'data', 'clustering');
/** Birch1 is compressed, and chosen by name alone. */
const SMALL = /\.csv$/;

/** Normal clouds in so many columns, `apart` deviations between centres on average. */
function clouds(rows: number, columns: number, count: number, apart: number, seed: number): string {
  const random = new Random(seed);
  const centres = Float64Array.from({ length: count * columns }, () => random.normal() * (apart / Math.SQRT2));
  const names = Array.from({ length: columns }, (_, at) => `x${at + 1}`);
  const lines = [[...names, 'label'].join(',')];
  for (let row = 0; row < rows; row++) {
    const own = random.below(count);
    const values = names.map((_, at) => (centres[own * columns + at] + random.normal()).toFixed(4));
    lines.push([...values, `c${own}`].join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** Two half moons around each other. */
function moons(rows: number, seed: number): string {
  const random = new Random(seed);
  const lines = ['x,y,label'];
  for (let row = 0; row < rows; row++) {
    const [angle, own] = [random.uniform() * Math.PI, row % 2];
    const [x, y] = own === 0 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    lines.push(`${(x + 0.06 * random.normal()).toFixed(4)},${(y + 0.06 * random.normal()).toFixed(4)},c${own}`);
  }
  return `${lines.join('\n')}\n`;
}

const GENERATED: Readonly<Record<string, () => string>> = {
  'clouds-3x4': () => clouds(600, 4, 3, 6, 1),
  'clouds-6x10': () => clouds(3000, 10, 6, 4, 2),
  'clouds-8x20': () => clouds(5000, 20, 8, 3, 3),
  moons: () => moons(1000, 4),
  'clouds-100k': () => clouds(100_000, 20, 8, 4, 5),
};

const { values: options } = parseArgs({
  options: {
    budget: { type: 'string', default: '20' },
    sets: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const budget = Number(options.budget);
const shared = existsSync(SHARED) ? readdirSync(SHARED).filter((file) => SMALL.test(file)) : [];
if (shared.length === 0) console.log(`SKIPPED the shared sets: there is no ${SHARED}`);
const sets: Readonly<Record<string, () => string>> = {
  ...GENERATED,
  ...Object.fromEntries(
    shared.map((file) => [file.replace(SMALL, ''), () => readFileSync(join(SHARED, file), 'utf8')]),
  ),
};
const wanted = options.sets?.split(',') ?? Object.keys(sets).filter((name) => name !== 'clouds-100k');

console.log('set                     rows  trials  finals  winner  ARI    best   regret  seconds  of budget  name');
const regrets: number[] = [];
for (const name of wanted) {
  const make = sets[name];
  if (!make) throw new Error(`there is no set ${name}; there are ${Object.keys(sets).join(', ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'kindred-search-'));
  try {
    const found = await searchIn(folder, make());
    regrets.push(found.best - found.ari);
    const cells = [
      name.padEnd(22),
      String(found.rows).padStart(6),
      String(found.run).padStart(7),
      String(found.finals).padStart(7),
      `${found.clusters} cl.`.padStart(7),
      found.ari.toFixed(3),
      found.best.toFixed(3),
      (found.best - found.ari).toFixed(3).padStart(6),
      found.seconds.toFixed(1).padStart(7),
      (found.seconds / budget).toFixed(2).padStart(9),
      `${found.name}   [best: ${found.bestName}]`,
    ];
    console.log(cells.join('  '));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const mean = regrets.reduce((sum, regret) => sum + regret, 0) / regrets.length;
console.log(`mean regret ${mean.toFixed(3)} over ${regrets.length} sets, budget ${budget} s`);

async function searchIn(folder: string, csv: string) {
  const file = join(folder, 'upload.csv');
  writeFileSync(file, csv);
  const limits = { bytes: 1e9, rows: 1e6, columns: 1000 };
  convertTable({ file, target: join(folder, 'table.bin'), limits }, () => undefined);
  const columns = csv
    .slice(0, csv.indexOf('\n'))
    .trim()
    .split(',')
    .filter((name) => !name.startsWith('label'));
  const params = searchParams.parse({ budget_seconds: budget, columns, label_column: 'label' });
  const began = performance.now();
  for (const stage of searchStages) {
    const context = await DirectoryStageContext.open(folder, {
      params: params as unknown as Record<string, Json>,
      seed: Number(options.seed),
      threads: availableParallelism(),
    });
    await stage.run(context);
  }
  const seconds = (performance.now() - began) / 1000;
  const board = leaderboard.parse(JSON.parse(readFileSync(join(folder, 'leaderboard.json'), 'utf8')));
  const ranked = board.entries.filter(({ rank }) => rank !== null);
  const best = ranked.reduce((most, entry) =>
    (entry.adjusted_rand ?? -1) > (most.adjusted_rand ?? -1) ? entry : most,
  );
  const [winner] = ranked;
  return {
    rows: board.rows,
    run: ranked.length,
    finals: ranked.filter(({ state }) => state === 'final').length,
    clusters: winner.clusters ?? 0,
    ari: winner.adjusted_rand ?? Number.NaN,
    best: best.adjusted_rand ?? Number.NaN,
    name: winner.name,
    bestName: `${best.name}, rank ${best.rank}`,
    seconds,
  };
}
