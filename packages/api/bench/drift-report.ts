/**
 * `pnpm bench drift-report [--users 4000] [--out folder]`: drift.html and evidently.json of a drifted step of the demo world, and
 * the report that the real Evidently makes of the same rows, in one run. Ours starts from the profiles that the drift stage has
 * written anyway, Evidently from rows that are in memory.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createWorld } from '../../demo/src/world/world.ts';
import { driftHtml } from '../src/lookalike/report/drift/drift-html.ts';
import { driftPage } from '../src/lookalike/report/drift/drift-report.ts';
import { evidentlySnapshot } from '../src/lookalike/report/drift/evidently-snapshot.ts';
import { SOURCES } from '../src/lookalike/report/report-sources.ts';
import { findEvidently } from '../src/test/evidently.ts';
import { driftOf } from './drift-of-world.ts';

const ROUNDS = 3;
const { values } = parseArgs({ options: { users: { type: 'string', default: '4000' }, out: { type: 'string' } } });

const PROGRAM = `
import json, os, sys, tempfile, time, warnings
warnings.filterwarnings('ignore')
import numpy as np, pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.presets import DataDriftPreset
asked = json.load(sys.stdin)
columns = asked['columns']
def frame(side):
    size = max(sum(column[side]) for column in columns)
    data = {}
    for column in columns:
        own = np.repeat(np.array(column['values'], dtype=float if column['type'] == 'num' else object), column[side])
        data[column['name']] = np.concatenate([own, np.full(size - len(own), np.nan, dtype=own.dtype)])
    return pd.DataFrame(data)
names = lambda type: [column['name'] for column in columns if column['type'] == type]
definition = DataDefinition(numerical_columns=names('num'), categorical_columns=names('cat'))
current, reference = frame('current'), frame('reference')
path = os.path.join(tempfile.mkdtemp(), 'drift')
best = float('inf')
for _ in range(asked['rounds']):
    start = time.perf_counter()
    make = lambda data: Dataset.from_pandas(data, data_definition=definition)
    snapshot = Report([DataDriftPreset()], include_tests=True).run(make(current), make(reference))
    snapshot.save_html(path + '.html')
    open(path + '.json', 'w').write(snapshot.dumps())
    best = min(best, 1000 * (time.perf_counter() - start))
sizes = [os.path.getsize(path + '.html'), os.path.getsize(path + '.json')]
json.dump({'best': best, 'rows': len(current), 'sizes': sizes}, sys.stdout)
`;

const evidently = findEvidently();
if (!evidently) throw new Error('Evidently is not installed: node scripts/install-peers.ts');
const world = createWorld({
  seed: 1,
  users: Number(values.users),
  stepDays: 14,
  steps: ['base', 'drift:amount=0.5+drift:segments=0.2'],
});
const before = await driftOf(world, 0, undefined);
const now = await driftOf(world, 1, before.profile);
const [reference, current] = [before, now].map(({ profile }) =>
  SOURCES['drift-profile.json'].parse(JSON.parse(profile)),
);
const judged = z
  .looseObject({ drift_detected: z.boolean(), drift_score: z.number(), verdict: z.string() })
  .parse(JSON.parse(now.report));
const { features } = SOURCES['drift.json'].parse(judged);
const verdict = { drifted: judged.drift_detected, score: judged.drift_score, text: judged.verdict };

let best = Number.POSITIVE_INFINITY;
let page = driftPage(current, reference, features, verdict, {});
let [html, json] = ['', ''];
for (let round = 0; round < ROUNDS; round++) {
  const start = performance.now();
  page = driftPage(current, reference, features, verdict, {});
  html = driftHtml(page);
  json = JSON.stringify(evidentlySnapshot(page));
  best = Math.min(best, performance.now() - start);
}
if (values.out) {
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, 'drift.html'), html);
  writeFileSync(join(values.out, 'evidently.json'), json);
}

const columns = page.columns.map(({ name, type, labels, reference: old, current: own }) => ({
  name,
  type,
  values: type === 'num' ? labels.map(Number) : labels,
  reference: [...(old ?? [])],
  current: [...own],
}));
const { stdout, stderr } = spawnSync(join(dirname(evidently), 'python'), ['-c', PROGRAM], {
  input: JSON.stringify({ columns, rounds: ROUNDS }),
  encoding: 'utf8',
});
if (!stdout) throw new Error(stderr);
const theirs = z
  .object({ best: z.number(), rows: z.int(), sizes: z.tuple([z.int(), z.int()]) })
  .parse(JSON.parse(stdout));
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(0)} kB`;
console.log(`${columns.length} columns, up to ${theirs.rows} rows, best of ${ROUNDS}: statistics, page and snapshot`);
console.log(`ours      ${best.toFixed(1)} ms, page ${kilobytes(html.length)}, snapshot ${kilobytes(json.length)}`);
console.log(
  `Evidently ${theirs.best.toFixed(1)} ms, page ${kilobytes(theirs.sizes[0])}, snapshot ${kilobytes(theirs.sizes[1])}`,
);
console.log(`ratio     ${(theirs.best / best).toFixed(1)}`);
