/** `pnpm bench <name> [arguments]`: runs a benchmark of the list in a process of its own; each prints its figures. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** THE LIST. */
const BENCHMARKS: Record<string, string> = {
  access: '../packages/rest-adapter/bench/access.ts',
  clustering: '../packages/api/bench/clustering.ts',
  'clustering-search': '../packages/api/bench/clustering-search.ts',
  'clustering-forecast': '../packages/api/bench/clustering-forecast.ts',
  boosting: '../packages/ml/bench/boosting.ts',
  'first-purchase': '../packages/ml/bench/first-purchase.ts',
  drift: '../packages/api/bench/drift.ts',
  expectations: '../packages/api/bench/expectations.ts',
  'jobs-list': '../packages/api/bench/jobs-list.ts',
  'drift-statistics': '../packages/api/bench/drift-statistics.ts',
  'drift-report': '../packages/api/bench/drift-report.ts',
  ranker: '../packages/api/bench/ranker.ts',
  lookalike: '../packages/demo/src/bench/lookalike.ts',
  map: '../packages/demo/src/bench/map.ts',
  upload: '../packages/demo/src/bench/upload.ts',
  'risk-table': '../packages/demo/src/bench/risk-table.ts',
  'full-size': '../packages/demo/src/bench/full-size.ts',
};

const [name = '', ...rest] = process.argv.slice(2);
const file = BENCHMARKS[name];
if (!file) {
  console.error(`usage: pnpm bench <${Object.keys(BENCHMARKS).join('|')}> [arguments]`);
  process.exit(2);
}
const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(file, import.meta.url)), ...rest], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
