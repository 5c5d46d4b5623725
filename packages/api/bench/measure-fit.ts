/**
 * Seconds and peak memory of one fit or score, in a process of its own: `node --expose-gc measure-fit.ts <method> <rows> <columns> [params]`.
 * A small fit comes first, so that threads and compiled code are there; the peak is that of the resident memory (VmHWM, set back by
 * clear_refs) over what the process has before the fit. It is NaN elsewhere than on Linux.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { AnyAlgorithm } from '@kindred/ml/estimator.ts';
import type { Matrix } from '@kindred/ml/matrix.ts';
import { Random } from '@kindred/ml/random.ts';
import { registry } from '@kindred/ml/registry.ts';
import { KernelThreads } from '../src/threads/kernel-threads.ts';

const CLOUDS = 8;

/** Clouds of different width, each column of about unit variance, as the preprocessing leaves it. */
function cloudsOf(rows: number, columns: number): { X: Matrix; labels: Int32Array } {
  const random = new Random(1);
  const centres = Float64Array.from({ length: CLOUDS * columns }, () => 3 * random.uniform() - 1.5);
  const labels = Int32Array.from({ length: rows }, () => random.below(CLOUDS));
  const data = Float64Array.from({ length: rows * columns }, (_, at) => {
    const cloud = labels[Math.floor(at / columns)];
    return centres[cloud * columns + (at % columns)] + (0.4 + cloud / 40) * random.normal();
  });
  return { X: { rows, columns, data }, labels };
}

function fitOnce(entry: AnyAlgorithm, rows: number, columns: number, params: object, threads: KernelThreads) {
  const { X, labels } = cloudsOf(rows, columns);
  const own = entry.params.parse(params);
  globalThis.gc?.();
  const before = memory('VmRSS');
  if (existsSync(CLEAR)) writeFileSync(CLEAR, '5');
  const [start, busy] = [performance.now(), process.cpuUsage()];
  if (entry.kind === 'cluster_metric') entry.score(X, labels, own, { threads });
  else if (entry.kind === 'clusterer' || entry.kind === 'reducer' || entry.kind === 'selector')
    entry.fit(X, own, { threads });
  else throw new Error(`${entry.name} is none of clustering`);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(busy);
  return { seconds, cpu: (user + system) / 1e6, bytes: memory('VmHWM') - before };
}

const CLEAR = '/proc/self/clear_refs';
const memory = (name: string): number => {
  if (!existsSync('/proc/self/status')) return Number.NaN;
  const found = new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync('/proc/self/status', 'utf8'));
  return found ? 1024 * Number(found[1]) : Number.NaN;
};

const [name = '', rows, columns, params = '{}'] = process.argv.slice(2);
const entry = Object.values<AnyAlgorithm>(registry).find((one) => one.name === name);
if (!entry) throw new Error(`there is no method ${name}`);
const threads = new KernelThreads(2);
const parsed = JSON.parse(params) as object;
fitOnce(entry, 200, Number(columns), parsed, threads);
console.log(JSON.stringify(fitOnce(entry, Number(rows), Number(columns), parsed, threads)));
await threads.close();
