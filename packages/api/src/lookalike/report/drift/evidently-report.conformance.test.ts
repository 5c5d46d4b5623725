/**
 * `evidently.json` in the real library: it loads, and its metrics, identities, values and verdicts are those of the report that
 * Evidently itself makes with `DataDriftPreset` of the same rows.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { Random } from '@kindred/ml/random.ts';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { findEvidently } from '../../../test/evidently.ts';
import { type Counts, profileOf } from '../../fixtures/drift-profiles.ts';
import { driftMethods } from './drift-methods.ts';
import { driftPage } from './drift-report.ts';
import { hasScore } from './drift-scores.ts';
import { evidentlySnapshot } from './evidently-snapshot.ts';

const PROGRAM = `
import json, os, sys, tempfile, warnings
warnings.filterwarnings('ignore')
import numpy as np, pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.core.report import Snapshot
from evidently.presets import DataDriftPreset
def told(snapshot):
    metrics = {}
    for id in snapshot._top_level_metrics:
        result = snapshot.metric_results[id]
        config = result.metric_value_location.metric
        value = [result.count.value, result.share.value] if hasattr(result, 'count') else [result.value]
        metrics[id] = {'params': config.params, 'value': value, 'name': result.display_name, 'tests': [[t.id, t.name, t.description, t.status.value, t.bound_test.metric_fingerprint] for t in result.tests]}
    return metrics
answers = []
for case in json.load(sys.stdin):
    path = os.path.join(tempfile.mkdtemp(), 'evidently.json')
    open(path, 'w').write(case['snapshot'])
    ours = Snapshot.load(path)
    again = Snapshot.load_dict(json.loads(ours.dumps()))
    ours.save_html(path + '.html')
    def frame(side):
        size = max(sum(column[side]) for column in case['columns'])
        data = {}
        for column in case['columns']:
            values = np.repeat(np.array(column['values'], dtype=float if column['type'] == 'num' else object), column[side])
            missing = np.full(size - len(values), np.nan, dtype=values.dtype)
            data[column['name']] = np.concatenate([values, missing])
        return pd.DataFrame(data)
    names = lambda type: [column['name'] for column in case['columns'] if column['type'] == type]
    definition = DataDefinition(numerical_columns=names('num'), categorical_columns=names('cat'))
    preset = DataDriftPreset(per_column_method=case['methods'] or None, per_column_threshold=case['thresholds'] or None)
    make = lambda side: Dataset.from_pandas(frame(side), data_definition=definition)
    theirs = Report([preset], include_tests=True).run(make('current'), make('reference'))
    answers.append({'ours': told(again), 'theirs': told(theirs), 'time': ours._timestamp.isoformat(), 'dict': len(ours.dict()['tests']), 'html': os.path.getsize(path + '.html')})
json.dump(answers, sys.stdout)
`;

const metrics = z.record(
  z.string(),
  z.object({
    params: z.record(z.string(), z.unknown()),
    value: z.array(z.number()),
    name: z.string(),
    tests: z.array(z.array(z.string())),
  }),
);
const answers = z.array(
  z.object({ ours: metrics, theirs: metrics, time: z.string(), dict: z.int(), html: z.number().positive() }),
);

const random = new Random(3);
/** Rows drawn of weights, by label. */
function drawn(weights: Readonly<Record<string, number>>, rows: number): Record<string, number> {
  const labels = Object.keys(weights);
  const all = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  const counts: Record<string, number> = {};
  for (let row = 0; row < rows; row++) {
    let left = random.uniform() * all;
    let place = 0;
    while (place < labels.length - 1 && left > weights[labels[place]]) left -= weights[labels[place++]];
    counts[labels[place]] = (counts[labels[place]] ?? 0) + 1;
  }
  return counts;
}
const bell = (center: number) =>
  Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [String(0.5 * i), Math.exp(-((0.5 * i - center) ** 2) / 8) + 0.01]),
  );
const tail = (count: number, shift: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`brand ${i}`, 1 / (1 + ((i + shift) % count))]));

/** What a version of a bank looks like: large mixes, small ones, two values, few numbers, and what only one side has. */
const version = (rows: number, moved: number): Counts => ({
  amount_levels: drawn(bell(5 + moved), rows),
  age_levels: drawn(bell(6), rows >> 2),
  receipt_cost_levels: drawn({ '1': 3, '2': 2, '3': 1 + moved }, rows >> 1),
  receipt_items_levels: drawn({ '1': 3, '2': 2 }, rows >> 1),
  brand_mix: drawn(tail(150, 10 * moved), rows),
  segment: drawn({ t_1: 4, t_2: 3, t_3: 2 + moved, ...(moved > 0 ? { t_new: 1 } : {}) }, rows >> 2),
  gender: drawn({ F: 5, M: 4 + moved }, rows >> 2),
  auto: drawn({ true: 1, false: 3 }, rows >> 2),
});

const chosen = {
  amount: { method: 'psi' },
  age: { method: 'anderson', threshold: 0.01 },
  receipt_cost: { method: 't_test' },
  receipt_items: { method: 'ed', threshold: 1 },
  brand_mix: { method: 'hellinger' },
  segment: { method: 'kl_div', threshold: 1e-5 },
  gender: { method: 'g_test' },
};

const CASES = [
  { name: 'small, calm', rows: 800, moved: 0, methods: {} },
  { name: 'small, drifted', rows: 800, moved: 1, methods: {} },
  { name: 'large, calm', rows: 5000, moved: 0, methods: {} },
  { name: 'large, drifted', rows: 5000, moved: 1, methods: {} },
  { name: 'tiny', rows: 60, moved: 0.5, methods: {} },
  { name: 'methods chosen', rows: 1200, moved: 0.5, methods: chosen },
];

const evidently = findEvidently();

describe.skipIf(evidently === undefined)('evidently.json (SKIPPED where Evidently is not installed)', () => {
  test('loads in Evidently, and says what its own report of the same rows says', { timeout: 300_000 }, () => {
    const pages = CASES.map(({ rows, moved, methods }) =>
      driftPage(
        profileOf('v2', '2025-02-28', version(rows, moved)),
        profileOf('v1', '2025-01-31', version(rows, 0)),
        [],
        undefined,
        driftMethods.parse(methods),
      ),
    );
    const input = pages.map((page) => {
      const scores = page.columns.flatMap(({ name, scored }) =>
        hasScore(scored) && scored.chosen ? [{ name, ...scored.chosen }] : [],
      );
      return {
        snapshot: JSON.stringify(evidentlySnapshot(page)),
        columns: page.columns.map(({ name, type, labels, reference, current }) => ({
          name,
          type,
          values: type === 'num' ? labels.map(Number) : labels,
          reference: [...(reference ?? [])],
          current: [...current],
        })),
        methods: Object.fromEntries(scores.map(({ name, method }) => [name, method])),
        thresholds: Object.fromEntries(
          scores.flatMap(({ name, threshold }) => (threshold === undefined ? [] : [[name, threshold]])),
        ),
      };
    });
    const { stdout, stderr } = spawnSync(join(dirname(evidently ?? ''), 'python'), ['-c', PROGRAM], {
      input: JSON.stringify(input),
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    if (!stdout) throw new Error(stderr);
    const verdicts = new Set<string>();
    const methods = new Set<unknown>();
    answers.parse(JSON.parse(stdout)).forEach(({ ours, theirs, time, dict }, index) => {
      const { name } = CASES[index];
      expect(time, name).toBe('2025-02-28T00:00:00');
      expect(Object.keys(ours), name).toEqual(Object.keys(theirs));
      expect(dict, name).toBe(Object.keys(ours).length);
      for (const [id, { value, ...rest }] of Object.entries(ours)) {
        const their = theirs[id];
        expect(rest, `${name}: ${rest.name}`).toEqual({ params: their.params, name: their.name, tests: their.tests });
        value.forEach((figure, i) => {
          expect(Math.abs(figure - their.value[i]), `${name}: ${rest.name}`).toBeLessThanOrEqual(1e-6);
        });
        for (const [, , , status] of rest.tests) verdicts.add(status);
        methods.add(rest.params.method);
      }
    });
    expect(verdicts).toEqual(new Set(['SUCCESS', 'FAIL']));
    expect(methods.size).toBeGreaterThanOrEqual(11);
  });
});
