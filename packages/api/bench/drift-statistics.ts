/** Evidently's tests of two numerical columns, here and in the real library, in one run: `pnpm bench drift-statistics [rows]`. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { numericalSamples } from '@kindred/ml/drift/evidently/samples.ts';
import { STAT_TESTS } from '@kindred/ml/drift/evidently/stat-tests.ts';
import { Random } from '@kindred/ml/random.ts';
import { z } from 'zod';
import { findEvidently } from '../src/test/evidently.ts';

const ROUNDS = 3;
const rows = Number(process.argv[2] ?? 5000);
const random = new Random(1);
const draw = (mean: number) => Array.from({ length: rows }, () => mean + random.normal());
const [reference, current] = [draw(0), draw(0.05)];
const tests = STAT_TESTS.filter(({ types }) => types.includes('num'));

const PROGRAM = `
import json, sys, time, warnings
warnings.filterwarnings('ignore')
import pandas as pd
from evidently.legacy.core import ColumnType
from evidently.legacy.calculations.stattests.registry import get_stattest
asked = json.load(sys.stdin)
best = {}
for name in asked['tests']:
    for _ in range(asked['rounds']):
        samples = (pd.Series(asked['reference']), pd.Series(asked['current']))
        test = get_stattest(*samples, 'num', name)
        start = time.perf_counter()
        test(*samples, ColumnType('num'), None)
        took = 1000 * (time.perf_counter() - start)
        best[name] = min(best.get(name, took), took)
json.dump(best, sys.stdout)
`;

const evidently = findEvidently();
if (!evidently) throw new Error('Evidently is not installed: node scripts/install-peers.ts');
const { stdout, stderr } = spawnSync(join(dirname(evidently), 'python'), ['-c', PROGRAM], {
  input: JSON.stringify({ reference, current, rounds: ROUNDS, tests: tests.map(({ name }) => name) }),
  encoding: 'utf8',
});
if (!stdout) throw new Error(stderr);
const theirs = z.record(z.string(), z.number()).parse(JSON.parse(stdout));

const samples = numericalSamples(reference, current);
console.log(`${rows} and ${rows} values, best of ${ROUNDS}, milliseconds`);
for (const { name, score } of tests) {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    score(samples);
    best = Math.min(best, performance.now() - start);
  }
  const ratio = (theirs[name] / best).toFixed(2);
  console.log(`${name.padEnd(18)} ours ${best.toFixed(2)}  Evidently ${theirs[name].toFixed(2)}  ratio ${ratio}`);
}
