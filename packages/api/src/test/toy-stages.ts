/** A small real pipeline for tests of the runner: it reads a number, doubles it, and reports. */
import { appendFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../errors.ts';
import type { Stage } from '../pipelines/stage.ts';

const read: Stage = {
  name: 'read',
  codeVersion: 1,
  inputs: ['manifest.json', 'batch.*'],
  weight: 1,
  async run(context) {
    const manifest = (await context.json('manifest.json')) as {
      tables: { numbers: { batches: { batch_id: number }[] } };
    };
    let sum = 0;
    for (const { batch_id } of manifest.tables.numbers?.batches ?? []) {
      sum += Number(await context.json(`batch.numbers.${batch_id}`));
    }
    await context.outputJson('sum.json', sum);
    return { summary: { sum }, stop: sum < 0 };
  },
};

const double: Stage = {
  name: 'double',
  codeVersion: 1,
  inputs: ['sum.json'],
  params: ['factor', 'behave', 'waitMs'],
  weight: 3,
  async run(context) {
    const { factor, behave, waitMs } = context.params as { factor: number; behave: string; waitMs: number };
    const marker = join(context.scratch, '..', '..', '..', `crashed-${context.params.factor}`);
    if (behave === 'fail') throw new Error('this stage fails');
    if (behave === 'refuse') throw new DomainError('INVALID_INPUT', 'this stage refuses', { details: { factor } });
    if (behave === 'outage') {
      // More often than a stage is tried at once.
      await appendFile(marker, '.');
      if ((await stat(marker)).size <= 4) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    }
    if (behave === 'crash-once') {
      const first = await writeFile(marker, '', { flag: 'wx' }).then(
        () => true,
        () => false,
      );
      if (first) process.kill(process.pid, 'SIGKILL');
    }
    for (let waited = 0; waited < waitMs; waited += 20) {
      context.signal.throwIfAborted();
      context.progress(waited / waitMs, `${waited} ms`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const sum = Number(await context.json('sum.json'));
    const value = sum * factor;
    context.metric('value', value);
    context.metric('curve', 1, 0);
    context.metric('curve', 2, 1);
    context.metric('broken', Number.NaN);
    await context.outputJson('doubled.json', value);
    return { summary: { value }, skip: value > 100 ? ['celebrate'] : [] };
  },
};

const celebrate: Stage = {
  name: 'celebrate',
  codeVersion: 1,
  inputs: ['doubled.json', 'absent.bin?'],
  weight: 1,
  async run(context) {
    const file = join(context.scratch, 'party.txt');
    await writeFile(file, `Hooray ${await context.json('doubled.json')}`);
    await context.output('party.txt', file);
    return { summary: { pid: process.pid } };
  },
};

const report: Stage = {
  name: 'report',
  codeVersion: 1,
  inputs: ['summary.*'],
  always: true,
  weight: 1,
  async run(context) {
    const value = context.find('doubled.json');
    return { summary: { read: await context.json('summary.read'), sawFile: value !== undefined } };
  },
};

/** Takes its time, and stops the pipeline for large sums. */
const gate: Stage = {
  name: 'gate',
  codeVersion: 1,
  inputs: ['sum.json'],
  weight: 1,
  async run(context) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    return { summary: {}, stop: Number(await context.json('sum.json')) > 100 };
  },
};

/** Needs nothing of `gate`; for odd sums it fails, for large ones it would never end. */
const aside: Stage = {
  name: 'aside',
  codeVersion: 1,
  after: ['read'],
  inputs: ['sum.json'],
  weight: 1,
  async run(context) {
    const sum = Number(await context.json('sum.json'));
    if (sum % 2 === 1) throw new Error('aside is odd');
    await context.outputJson('aside.json', sum);
    context.metric('aside', sum);
    while (sum > 100) {
      context.signal.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return { summary: { aside: sum } };
  },
};

export const STAGES = { toy: [read, double, celebrate, report], beside: [read, gate, aside, report] };
