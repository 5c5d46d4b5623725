/** Evidently's tests here and in the real library, on the same columns: scores to 1e-6, the same verdicts, the same choice of test. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { type ColumnSamples, categoricalSamples, numericalSamples } from '@kindred/ml/drift/evidently/samples.ts';
import { isDrifted } from '@kindred/ml/drift/evidently/stat-test.ts';
import { defaultStatTest, STAT_TESTS } from '@kindred/ml/drift/evidently/stat-tests.ts';
import { Random } from '@kindred/ml/random.ts';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { findEvidently } from '../../test/evidently.ts';

const PROGRAM = `
import json, sys, warnings
warnings.filterwarnings('ignore')
import numpy as np, pandas as pd
from scipy.stats import cramervonmises_2samp
from evidently.legacy.core import ColumnType
from evidently.legacy.calculations.stattests.registry import get_stattest
def numbers(values, kind):
    if kind == 'cat': return pd.Series(values, dtype=object).dropna()
    return pd.Series([float(v) if v is not None else np.nan for v in values]).replace([-np.inf, np.inf], np.nan).dropna()
answers = []
for case in json.load(sys.stdin):
    kind = case['type']
    make = lambda: (numbers(case['reference'], kind), numbers(case['current'], kind))
    answer = {'default': get_stattest(*make(), kind, None).name, 'scores': {}}
    for name in case['tests']:
        try:
            result = get_stattest(*make(), kind, name)(*make(), ColumnType(kind), None)
            score = float(result.drift_score)
            answer['scores'][name] = {'score': None if np.isnan(score) else score, 'drifted': bool(result.drifted), 'threshold': result.actual_threshold}
        except TypeError as error:
            # Evidently's copy of SciPy's exact count does not run with NumPy 2; SciPy's own does.
            if name != 'cramer_von_mises': raise
            p = float(cramervonmises_2samp(*make()).pvalue)
            answer['scores'][name] = {'score': p, 'drifted': p <= 0.1, 'threshold': 0.1}
        except Exception as error:
            answer['scores'][name] = {'error': str(error)[:200]}
    answers.append(answer)
json.dump(answers, sys.stdout)
`;

const answers = z.array(
  z.object({
    default: z.string(),
    scores: z.record(
      z.string(),
      z.union([
        z.object({ score: z.number().nullable(), drifted: z.boolean(), threshold: z.number() }),
        z.object({ error: z.string() }),
      ]),
    ),
  }),
);

interface Case {
  readonly name: string;
  readonly reference: readonly (number | string | null)[];
  readonly current: readonly (number | string | null)[];
}

const random = new Random(7);
const normal = (size: number, mean = 0, scale = 1) =>
  Array.from({ length: size }, () => mean + scale * random.normal());
const whole = (size: number, below: number) => Array.from({ length: size }, () => random.below(below));
const named = (size: number, below: number) => whole(size, below).map((value) => `c${value}`);

const NUMERICAL: readonly Case[] = [
  { name: 'same law', reference: normal(300), current: normal(300) },
  { name: 'slightly moved', reference: normal(400), current: normal(250, 0.15) },
  { name: 'far apart', reference: normal(100), current: normal(120, 8) },
  { name: 'wider', reference: normal(500), current: normal(500, 0, 1.4) },
  { name: 'ties', reference: whole(200, 9), current: whole(150, 11) },
  { name: 'few values', reference: whole(80, 3), current: whole(90, 3) },
  { name: 'two values', reference: whole(80, 2), current: whole(90, 2) },
  {
    name: 'missing and infinite',
    reference: [...normal(60), null, null],
    current: [null, Number.POSITIVE_INFINITY, ...normal(40, 1)],
  },
  { name: 'tiny', reference: [1, 2, 4], current: [3, 5] },
  { name: 'tiny, unequal', reference: normal(6), current: normal(17, 0.5) },
  { name: 'twenty and nineteen', reference: normal(20), current: normal(19, 0.7) },
  { name: 'one value each', reference: [1], current: [2] },
  { name: 'constant', reference: new Array(30).fill(4), current: new Array(20).fill(4) },
  { name: 'constants apart', reference: new Array(30).fill(4), current: new Array(20).fill(5) },
  { name: 'constant reference', reference: new Array(30).fill(0), current: normal(30) },
  { name: 'large', reference: normal(3000), current: normal(2500, 0.05) },
  { name: 'larger than counted out', reference: normal(12_000), current: normal(900, 0.05) },
  { name: 'larger still', reference: normal(12_000), current: normal(11_000, 0.02) },
];
const CATEGORICAL: readonly Case[] = [
  { name: 'same mix', reference: named(400, 5), current: named(400, 5) },
  { name: 'unequal sizes', reference: named(300, 4), current: named(170, 4) },
  { name: 'a new category', reference: named(300, 4), current: named(300, 5) },
  { name: 'a lost category', reference: named(300, 5), current: named(300, 4) },
  { name: 'disjoint', reference: named(50, 3), current: named(50, 3).map((name) => `other ${name}`) },
  { name: 'missing', reference: [...named(50, 3), null], current: [null, null, ...named(50, 3)] },
  { name: 'binary', reference: named(64, 2), current: named(64, 2) },
  { name: 'sizes without rounding', reference: named(256, 5), current: named(128, 6) },
  { name: 'tiny', reference: ['a', 'b'], current: ['b', 'b'] },
  { name: 'constant', reference: new Array(9).fill('a'), current: new Array(9).fill('a') },
  { name: 'constants apart', reference: new Array(9).fill('a'), current: new Array(9).fill('b') },
  { name: 'large', reference: named(1500, 6), current: named(1500, 6) },
];

const isPowerOfTwo = (size: number) => Number.isInteger(Math.log2(size));

const evidently = findEvidently();

function ask(type: 'num' | 'cat', cases: readonly Case[]) {
  if (evidently === undefined) return [];
  const tests = STAT_TESTS.filter(({ types }) => types.includes(type)).map(({ name }) => name);
  const plain = (values: Case['reference']) =>
    values.map((value) => (typeof value === 'number' && !Number.isFinite(value) ? 'inf' : value));
  const input = JSON.stringify(
    cases.map(({ reference, current }) => ({ type, tests, reference: plain(reference), current: plain(current) })),
  );
  const { stdout, stderr } = spawnSync(join(dirname(evidently), 'python'), ['-c', PROGRAM], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (!stdout) throw new Error(stderr);
  return answers.parse(JSON.parse(stdout));
}

const samplesOf = (type: 'num' | 'cat', { reference, current }: Case): ColumnSamples =>
  type === 'cat'
    ? categoricalSamples(reference, current)
    : numericalSamples(
        reference.map((value) => (value === null ? Number.NaN : Number(value))),
        current.map((value) => (value === null ? Number.NaN : Number(value))),
      );

describe.skipIf(evidently === undefined)('as Evidently (SKIPPED where it is not installed)', () => {
  for (const [type, cases] of [['num', NUMERICAL] as const, ['cat', CATEGORICAL] as const]) {
    test(`${type}: scores, verdicts, default tests`, () => {
      const theirs = ask(type, cases);
      const differ: string[] = [];
      let compared = 0;
      cases.forEach((one, index) => {
        const samples = samplesOf(type, one);
        const answer = theirs[index];
        if (defaultStatTest(samples).name !== answer.default) differ.push(`${one.name}: default ${answer.default}`);
        for (const statTest of STAT_TESTS.filter(({ types }) => types.includes(type))) {
          const their = answer.scores[statTest.name];
          let ours: number | string;
          try {
            ours = statTest.score(samples);
          } catch (error) {
            ours = String(error);
          }
          const told = `${one.name}, ${statTest.name}: ours ${ours}, theirs ${JSON.stringify(their)}`;
          // Where Evidently has no answer ours is in evidently.test.ts.
          if ('error' in their || their.score === null) {
            if (process.env.SHOW) console.log(told);
            continue;
          }
          compared++;
          // Equal distances differ in Evidently by rounding, in the order of a set of texts; sizes that are powers of two have none.
          if (
            statTest.name === 'TVD' &&
            !(isPowerOfTwo(samples.reference.size) && isPowerOfTwo(samples.current.size))
          ) {
            if (!(their.score <= Number(ours))) differ.push(told);
            continue;
          }
          const close = typeof ours === 'number' && (ours === their.score || Math.abs(ours - their.score) <= 1e-6);
          if (!close || isDrifted(statTest, Number(ours)) !== their.drifted || statTest.threshold !== their.threshold) {
            differ.push(told);
          }
        }
      });
      expect(differ).toEqual([]);
      expect(compared).toBeGreaterThan(type === 'num' ? 150 : 60);
      // Evidently alone takes half a minute, where nothing else runs.
    }, 300_000);
  }
});
