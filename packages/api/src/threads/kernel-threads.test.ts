import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parallelKernel } from '../../../ml/src/parallel-kernel.ts';
import { KernelThreads } from './kernel-threads.ts';

/**
 * fill(from, to, value): word `at` becomes value + at. spin(slot, rounds): takes long, then counts itself in the word before the
 * first. trap(yes): unreachable where yes. Words start at byte 1024.
 */
const SAMPLE =
  'AGFzbQEAAAABEANgAX8AYAJ/fwBgA39/fwACEgEDZW52Bm1lbW9yeQIDAYCABAMEAwABAgcfBARmaWxsAAIEc3BpbgABBHRyYXAAAAZtZW1vcnkCAAp4AwgAIAAEQAALC0UBAn8gACECA0AgASADSgRAIAJBjczlAGxB3+a74wNqIQIgA0EBaiEDDAELCyAAQQJ0QYAIaiACNgIAQfwHQQH+HgIAGgsnAANAIAAgAUgEQCAAQQJ0QYAIaiAAIAJqNgIAIABBAWohAAwBCwsL';

interface Sample {
  fill(from: number, to: number, value: number): void;
  spin(slot: number, rounds: number): void;
  trap(yes: number): void;
}

const open: KernelThreads[] = [];
const started = (count: number) => {
  const threads = new KernelThreads(count);
  open.push(threads);
  return threads;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((threads) => threads.close()));
});

function sample(threads: KernelThreads | undefined, words: number) {
  const kernel = parallelKernel<Sample>(SAMPLE, 1024 + 4 * words, threads);
  if (!kernel) throw new Error('WebAssembly does not run here');
  return { kernel, count: new Int32Array(kernel.buffer, 1020, 1), words: new Int32Array(kernel.buffer, 1024, words) };
}

/** Every word is written by one call each, in lists of changing length. */
function expectEveryCallOnce(kernel: ReturnType<typeof sample>, rounds: number, list = 60): void {
  for (let round = 1; round <= rounds; round++) {
    const size = 1 + ((round * 7) % list);
    const calls = Array.from({ length: size }, (_, slot) => [slot, 50]);
    Atomics.store(kernel.count, 0, 0);
    kernel.kernel.run('spin', calls);
    if (Atomics.load(kernel.count, 0) !== size) throw new Error(`round ${round}: ${kernel.count[0]} calls of ${size}`);
  }
}

describe.each([1, 2, 3])('%d threads', (count) => {
  it('run every call of list after list once, from before the threads have started', () => {
    expectEveryCallOnce(sample(started(count), 64), 5000);
  });

  it('give what one thread gives, in lists longer than one claim holds', () => {
    const calls = Array.from({ length: 5000 }, (_, at) => [at * 3, at * 3 + 3, 1000]);
    const { kernel, words } = sample(started(count), 15_000);
    kernel.run('fill', calls);
    kernel.close();
    expect(words.every((word, at) => word === 1000 + at)).toBe(true);
  });

  it('say that a call trapped, end the others, and go on', () => {
    const threads = started(count);
    const { kernel, words } = sample(threads, 100);
    expect(() => kernel.run('trap', [[0], [1], [0], [0]])).toThrow();
    kernel.run('trap', [[0], [0], [0]]);
    kernel.run('fill', [
      [0, 50, 1],
      [50, 100, 1],
    ]);
    expect(words[99]).toBe(100);
  });

  it('serve team after team, let go of each, and start again after they were closed', async () => {
    const threads = started(count);
    for (let team = 0; team < 300; team++) {
      const one = sample(threads, 64);
      expectEveryCallOnce(one, 3);
      one.kernel.close();
    }
    await threads.close();
    expectEveryCallOnce(sample(threads, 64), 20);
  });
});

it('threads that came to nothing for one team come to the next: a team may be left before they have started', async () => {
  const threads = started(3);
  sample(threads, 64).kernel.close();
  const one = sample(threads, 64);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expectEveryCallOnce(one, 200);
});

it('sleeping threads are closed at once', async () => {
  const threads = new KernelThreads(3);
  const { kernel } = sample(threads, 64);
  kernel.run('spin', [
    [0, 1],
    [1, 1],
  ]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await threads.close();
});

it('an unknown export and too many arguments are refused', () => {
  const team = started(2).join(...moduleAndMemory());
  expect(() => team.run('nothing', [[1], [2]])).toThrow('nothing');
  expect(() => team.run('fill', [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1]])).toThrow('arguments');
  team.leave();
});

/** In a process of its own, whose event loop does not turn while it computes. */
const printedBy = (script: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'kindred-threads-')), 'run.mjs');
  writeFileSync(
    file,
    `import { parallelKernel } from '${new URL('../../../ml/src/parallel-kernel.ts', import.meta.url)}';
     import { KernelThreads } from '${new URL('./kernel-threads.ts', import.meta.url)}';
     const sample = (threads, bytes) => parallelKernel('${SAMPLE}', bytes, threads);
     ${script}`,
  );
  try {
    return execFileSync(process.execPath, [file], { timeout: 60_000, encoding: 'utf8' }).trim();
  } finally {
    rmSync(dirname(file), { recursive: true });
  }
};

it('start while their own process blocks, and let it end without being closed', () => {
  const printed = printedBy(`
    const kernel = sample(new KernelThreads(2), 4096);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);
    const before = process.threadCpuUsage().user;
    const whole = process.cpuUsage().user;
    kernel.run('spin', Array.from({ length: 300 }, (_, slot) => [slot % 60, 1e6]));
    const own = process.threadCpuUsage().user - before;
    const others = process.cpuUsage().user - whole - own;
    console.log(Atomics.load(new Int32Array(kernel.buffer, 1020, 1), 0), others > own / 20);
  `);
  expect(printed).toBe('300 true');
});

it.each([1, 2])('memories of past teams are given back, %d threads', (count) => {
  const most = printedBy(`
    const threads = new KernelThreads(${count});
    let most = 0;
    for (let team = 0; team < 25; team++) {
      const kernel = sample(threads, 64e6);
      new Uint8Array(kernel.buffer).fill(1);
      kernel.run('spin', [[0, 1], [1, 1]]);
      kernel.close();
      if (team % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 100));
      most = Math.max(most, process.memoryUsage().rss);
    }
    console.log(Math.round(most / 1e6));
    await threads.close();
  `);
  expect(Number(most)).toBeLessThan(1300);
});

function moduleAndMemory(): Parameters<KernelThreads['join']> {
  let joined: Parameters<KernelThreads['join']> | undefined;
  parallelKernel(SAMPLE, 4096, {
    count: 2,
    join(module, memory) {
      joined = [module, memory];
      return { run: () => undefined, leave: () => undefined };
    },
  });
  if (!joined) throw new Error('WebAssembly does not run here');
  return joined;
}
