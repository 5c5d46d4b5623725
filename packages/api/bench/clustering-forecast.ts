/**
 * What is said of a fit before it begins, beside what it takes: `pnpm bench clustering-forecast [--methods a,b] [--sizes 2000,20000]`. Of
 * each method on 2,000 and 20,000 rows x 20 columns, in a process of its own (measure-fit.ts): seconds by the model, brought to this
 * machine, and measured; bytes that `memory()` plans for, and those that the resident memory rose by at the peak.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import type { AnyAlgorithm } from '@kindred/ml/estimator.ts';
import { machineFactor } from '../src/clustering/forecast/machine-speed.ts';
import { fitSeconds } from '../src/clustering/forecast/method-seconds.ts';
import { methodsOf } from '../src/clustering/methods.ts';

const COLUMNS = 20;
/** Below this no method is told from the noise of a process: compiled code, and what waits to be collected. */
const NOISE = 24 * 2 ** 20;

const methods = methodsOf('clusterer', 'reducer', 'selector', 'cluster_metric');
const VARIANTS: readonly { readonly name: string; readonly params: object }[] = [
  { name: 'agglomerative', params: { linkage: 'single' } },
  { name: 'agglomerative', params: { linkage: 'average' } },
  { name: 'spectral', params: { affinity: 'nearest_neighbors' } },
];

const { values } = parseArgs({
  options: {
    methods: { type: 'string', default: methods.map(({ name }) => name).join(',') },
    sizes: { type: 'string', default: '2000,20000' },
  },
});
const wanted = values.methods.split(',');
const file = new URL('./measure-fit.ts', import.meta.url).pathname;
const factor = machineFactor(2);
console.log(`this machine: ${factor.toFixed(2)} times the seconds of the models`);
console.log(
  '| method | rows | model | measured | ratio | planned | peak | ratio | |\n|---|---|---|---|---|---|---|---|---|',
);
for (const rows of values.sizes.split(',').map(Number))
  for (const method of methods.filter(({ name }) => wanted.includes(name)))
    for (const params of [{}, ...VARIANTS.filter(({ name }) => name === method.name).map((variant) => variant.params)])
      compare(method, rows, params);

function compare(method: Extract<AnyAlgorithm, { memory: unknown }>, rows: number, params: object): void {
  const own = method.params.parse(params);
  const [planned, model] = [method.memory(rows, COLUMNS, own), factor * fitSeconds(method.name, rows, COLUMNS, own)];
  const label = [method.name, ...Object.values(params)].join(' ');
  const args = ['--expose-gc', file, method.name, String(rows), String(COLUMNS), JSON.stringify(params)];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) {
    console.log(`| ${label} | ${rows} | ${stderr.trim().split('\n').at(-1)} |`);
    return;
  }
  const { seconds, bytes } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { seconds: number; bytes: number };
  const memory = verdict(planned, bytes);
  const mb = (count: number) => (count / 2 ** 20).toFixed(1);
  console.log(
    `| ${label} | ${rows} | ${model.toFixed(3)} s | ${seconds.toFixed(3)} s | ${(model / seconds).toFixed(2)} | ${mb(planned)} MB | ${mb(bytes)} MB | ${(planned / bytes).toFixed(2)} | ${memory} |`,
  );
}

/** Whether the plan is below the peak, or more than three times above. */
function verdict(planned: number, bytes: number): string {
  if (bytes > planned + NOISE) return 'TOO LITTLE';
  return planned > 3 * bytes + NOISE ? 'TOO MUCH' : '';
}
