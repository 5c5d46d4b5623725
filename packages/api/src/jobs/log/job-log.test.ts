import { execute, parse, subscribe } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from '../../access/caller.ts';
import { commitVersion, ensureDataset } from '../../datasets/dataset.operations.ts';
import { DatasetVersion } from '../../datasets/dataset-version.entity.ts';
import { schema } from '../../graphql/schema.ts';
import { createTestApp, type TestApp } from '../../test/create-test-app.ts';
import { TOY_STAGES_MODULE, toyPipeline } from '../../test/toy-pipeline.ts';
import { createJob } from '../create-job.ts';
import { cancelJob, getJob } from '../job.operations.ts';
import { JobLog, LINES_OF_JOB } from './job-log.ts';
import { JobLogLine } from './log-line.entity.ts';

describe('the log of a job', () => {
  let test: TestApp;
  const parts = { pipelines: [toyPipeline], stagesModule: TOY_STAGES_MODULE };
  const global = (id: string) => Buffer.from(`Job:${id}`).toString('base64');

  beforeAll(async () => {
    test = await createTestApp(parts);
    await ensureDataset(test.app, 'toys', 'toy');
  });
  afterAll(() => test.dispose());

  const newJob = (params: object) =>
    test.app.database.fork().transactional(async (tx) => {
      const datasetVersion = await tx.findOneOrFail(DatasetVersion, { name: 'v1' });
      return createJob(tx, test.app.queue, { pipeline: toyPipeline, datasetVersion, params, seed: 1 });
    });

  async function logs(id: string, args = '') {
    await test.app.jobLog.flush();
    const document = parse(`query($id: ID!) { job(id: $id) { ... on Job {
      logs(first: 100${args}) { totalCount { count } nodes { cursor at level stage message fields } edges { cursor } } } } }`);
    const contextValue = { core: test.app, caller: SYSTEM };
    const result = await execute({ schema, document, contextValue, variableValues: { id: global(id) } });
    expect(result.errors).toBeUndefined();
    return JSON.parse(JSON.stringify(result.data)).job.logs;
  }

  async function ended(id: string) {
    for (;;) {
      const job = await getJob(test.app, id);
      if (!['pending', 'running'].includes(job.status)) return job;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('tells what the runner and the stages did, in order, and is the same after a restart', async () => {
    await test.app.start();
    const { job } = await commitVersion(test.app, 'toys', 'v1', { version: 'v1', tables: {} });
    await ended(job.id);
    const { nodes, totalCount, edges } = await logs(job.id);
    const told = nodes.map(({ stage, message }: { stage: string; message: string }) =>
      `${stage ?? 'job'} ${message}`.replace(/\d+(\.\d+)? s$/, 'N s'),
    );
    expect(told).toEqual([
      'job begins',
      'read begins',
      'read is done after N s',
      'double begins',
      'double metric broken is not a finite number and was left out',
      'double is done after N s',
      'celebrate begins',
      'celebrate is done after N s',
      'report begins',
      'report is done after N s',
      'job completed: doubled',
    ]);
    expect(totalCount.count).toBe(nodes.length);
    expect(edges.map((edge: { cursor: string }) => edge.cursor)).toEqual(
      nodes.map((line: { cursor: string }) => line.cursor),
    );
    expect(nodes[4]).toMatchObject({ level: 'warning', fields: { key: 'broken' } });
    expect(nodes[5].fields).toEqual({ value: 0 });
    const { nodes: rest } = await logs(job.id, `, after: "${nodes[8].cursor}"`);
    expect(rest).toEqual(nodes.slice(9));
    expect((await logs(job.id, ', level: warning')).nodes).toEqual([nodes[4]]);
    await test.restart(parts);
    expect((await logs(job.id)).nodes).toEqual(nodes);
  });

  it('tells why a job failed, and of steps to those who ask for them', async () => {
    await test.app.start();
    const refused = await newJob({ behave: 'refuse' });
    await ended(refused.id);
    expect((await logs(refused.id, ', level: error')).nodes).toEqual([
      expect.objectContaining({ message: 'failed: this stage refuses', fields: { code: 'INVALID_INPUT' } }),
    ]);
    const slow = await newJob({ waitMs: 1500, factor: 3 });
    await ended(slow.id);
    expect((await logs(slow.id)).nodes).not.toContainEqual(expect.objectContaining({ level: 'debug' }));
    const steps = (await logs(slow.id, ', level: debug')).nodes.filter(
      (line: { level: string }) => line.level === 'debug',
    );
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.length).toBeLessThanOrEqual(3);
    expect(steps[0]).toMatchObject({ stage: 'double', message: expect.stringMatching(/^\d+ ms$/) });
  });

  it('tells listeners of the lines of their job that count for them, once they are kept', async () => {
    const job = await newJob({});
    const other = await newJob({});
    const stream = await subscribe({
      schema,
      document: parse(`subscription($job: ID!) { jobLogged(job: $job, level: warning) { cursor level message } }`),
      variableValues: { job: global(job.id) },
      contextValue: { core: test.app, caller: SYSTEM },
    });
    if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream));
    const next = stream.next();
    test.app.jobLog.write(other.id, { level: 'error', message: 'another job' });
    test.app.jobLog.write(job.id, { level: 'info', message: 'too little' });
    test.app.jobLog.write(job.id, { level: 'error', message: 'this one' });
    const { value } = await next;
    const line = JSON.parse(JSON.stringify(value)).data.jobLogged;
    expect(line).toMatchObject({ level: 'error', message: 'this one' });
    const em = test.app.database.fork();
    expect(await em.findOneOrFail(JobLogLine, { id: line.cursor })).toMatchObject({ message: 'this one' });
    await stream.return();
    await cancelJob(test.app, other.id).catch(() => undefined);
  });

  it('keeps what no database takes out of a line, and bounds what it is given', async () => {
    const job = await newJob({});
    const message = `NUL \0, half \ud800, written \\u0000`;
    test.app.jobLog.write(job.id, { level: 'info', message, fields: { 'k\0': ['\0', '\\u0000'] } });
    test.app.jobLog.write(job.id, { level: 'info', message: 'x'.repeat(9000), fields: { long: 'y'.repeat(9000) } });
    const { nodes } = await logs(job.id, ', order: NEWEST_FIRST');
    const own = nodes.filter(({ message: text }: { message: string }) => /^(NUL|x)/.test(text));
    expect(own[1]).toMatchObject({ message: 'NUL , half \ufffd, written \\u0000', fields: { k: ['', '\\u0000'] } });
    expect(own[0].message).toBe('x'.repeat(2000));
    expect(Object.keys(own[0].fields)).toEqual(['omitted']);
  });

  it('is bounded: of a flood the newest lines stay, and what was left out is counted', async () => {
    const job = await newJob({});
    const { jobLog, database } = test.app;
    for (let burst = 0; burst < LINES_OF_JOB / 500 + 3; burst++) {
      for (let n = 0; n < 500; n++) jobLog.write(job.id, { level: 'info', message: `${burst * 500 + n}` });
      await jobLog.flush();
    }
    const count = await database.fork().count(JobLogLine, { job: job.id });
    expect(count).toBeGreaterThanOrEqual(LINES_OF_JOB);
    expect(count).toBeLessThanOrEqual(LINES_OF_JOB * 1.1);
    const newest = await database.fork().find(JobLogLine, { job: job.id }, { orderBy: { id: 'desc' }, limit: 1 });
    expect(newest[0]?.message).toBe(`${LINES_OF_JOB + 1499}`);
    for (let n = 0; n < 1500; n++) jobLog.write(job.id, { level: 'info', message: 'flood' });
    await jobLog.flush();
    const left = await database.fork().find(JobLogLine, { job: job.id, level: 'warning' });
    expect(left.map((line) => line.message)).toEqual([expect.stringMatching(/^5\d\d lines were left out/)]);
  });

  it('forgets old lines, and keeps those of a time when the database was away', async () => {
    const job = await newJob({});
    const { database } = test.app;
    await test.app.jobLog.flush();
    const before = new Date();
    let away = true;
    const fork = () => {
      if (away) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      return database.fork();
    };
    const failures: string[] = [];
    const onError = (_error: unknown, message: string) => failures.push(message);
    const jobLog = new JobLog({ database: { ...database, fork }, events: test.app.events, onError });
    jobLog.write(job.id, { level: 'info', message: 'said in the dark' });
    await jobLog.flush();
    expect(failures).toEqual(['1 lines of jobs could not be written']);
    away = false;
    await jobLog.stop();
    await jobLog.removeOlderThan(before);
    expect(await database.fork().count(JobLogLine, { message: 'flood' })).toBe(0);
    const lines = await database.fork().find(JobLogLine, { job: job.id, message: 'said in the dark' });
    expect(lines).toHaveLength(1);
  });
});
