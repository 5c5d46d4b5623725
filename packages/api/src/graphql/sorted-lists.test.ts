import { execute, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from '../access/caller.ts';
import { Dataset } from '../datasets/dataset.entity.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { firstIdAt } from '../db/ids.ts';
import { Job, type JobStatus } from '../jobs/job.entity.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { toyPipeline } from '../test/toy-pipeline.ts';
import { schema } from './schema.ts';

const DAY = 86_400_000;
const BEGIN = Date.parse('2026-01-01T00:00:00Z');

/** Days of creation and of end, seconds that it took. Ties and jobs that have not ended among them. */
const JOBS: readonly [day: number, status: JobStatus, ended: number | null, seconds: number, pipeline: string][] = [
  [0, 'completed', 5, 1.234, 'toy'],
  [1, 'failed', 5, 60, 'toy'],
  [2, 'running', null, 0, 'other'],
  [3, 'completed', 3, 1.234, 'toy'],
  [4, 'pending', null, 0, 'toy'],
  [5, 'failed', 9, 1.233, 'other'],
  [6, 'completed', 6, 0, 'toy'],
];
const NAMES = ['beta', 'Alpha', 'alpha', 'Gamma 50%', 'gamma_500'];

describe('lists that can be sorted and filtered', () => {
  let test: TestApp;
  const at = (day: number) => new Date(BEGIN + day * DAY);
  const global = (type: string, id: string) => Buffer.from(`${type}:${id}`).toString('base64');
  let dataset: Dataset;
  let version: DatasetVersion;
  const jobs: Job[] = [];

  beforeAll(async () => {
    test = await createTestApp({ pipelines: [toyPipeline] });
    const em = test.app.database.fork();
    for (const name of NAMES) {
      dataset = em.create(Dataset, { name, kind: 'clustering' });
      await em.flush();
    }
    version = em.create(DatasetVersion, { dataset, name: 'Spring v1', committedAt: at(2) });
    em.create(DatasetVersion, { dataset, name: 'autumn', createdAt: at(1) });
    em.create(DatasetVersion, { dataset, name: 'Winter', committedAt: at(1) });
    for (const [index, [day, status, ended, seconds, pipeline]] of JOBS.entries()) {
      const finishedAt = ended === null ? null : at(ended);
      jobs.push(
        em.create(Job, {
          id: firstIdAt(at(day).getTime()),
          pipeline,
          status,
          createdAt: at(day),
          finishedAt,
          startedAt: finishedAt && new Date(finishedAt.getTime() - seconds * 1000),
          ...(index < 2 ? { datasetVersion: version } : {}),
        }),
      );
    }
    em.create(Job, { id: firstIdAt(at(9).getTime()), pipeline: 'toy', createdAt: at(9), deletedAt: at(9) });
    await em.flush();
  });
  afterAll(() => test.dispose());

  async function run(query: string, variableValues: Record<string, unknown> = {}) {
    const contextValue = { core: test.app, caller: SYSTEM };
    return JSON.parse(JSON.stringify(await execute({ schema, document: parse(query), contextValue, variableValues })));
  }

  async function walk(list: string, args: string, shown: string, forward: boolean): Promise<unknown[]> {
    const seen: unknown[] = [];
    let cursor: string | null = null;
    for (let more = true; more; ) {
      const part: string = forward ? 'first: 2, after: $at' : 'last: 2, before: $at';
      const { data, errors } = await run(
        `query($at: String) { ${list}(${part}, ${args}) {
           nodes { shown: ${shown} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
        { at: cursor },
      );
      expect(errors).toBeUndefined();
      const { nodes, pageInfo } = data[list];
      const values = nodes.map((node: { shown: unknown }) => node.shown);
      if (forward) seen.push(...values);
      else seen.unshift(...values);
      more = forward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage;
      cursor = forward ? pageInfo.endCursor : pageInfo.startCursor;
    }
    return seen;
  }

  /** Numbers of the jobs above, greatest value first, the newer first among equal ones. */
  const ORDERS = {
    createdAt: [6, 5, 4, 3, 2, 1, 0],
    endedAt: [4, 2, 5, 6, 1, 0, 3],
    duration: [1, 3, 0, 5, 6, 4, 2],
    status: [2, 4, 5, 1, 6, 3, 0],
  };

  it.each(Object.entries(ORDERS))('jobs are paged by %s in both directions, each once', async (field, order) => {
    const ids = order.map((index) => jobs[index]?.id);
    const by = (direction: string) => `orderBy: { field: ${field}, direction: ${direction} }`;
    expect(await walk('jobs', by('desc'), 'uuid', true)).toEqual(ids);
    expect(await walk('jobs', by('desc'), 'uuid', false)).toEqual(ids);
    expect(await walk('jobs', by('asc'), 'uuid', true)).toEqual(ids.toReversed());
    expect(await walk('jobs', by('asc'), 'uuid', false)).toEqual(ids.toReversed());
  });

  it.each([
    ['endedAt', 'job_ended_index'],
    ['duration', 'job_duration_index'],
    ['status', 'job_status_id_index'],
  ] as const)('the order of jobs by %s is that of %s', async (field, index) => {
    const { sort } = (await import('../jobs/job-order.ts')).jobOrder.apply({ orderBy: { field, direction: 'asc' } });
    if (!sort) throw new Error('no key');
    const value = sort.value(jobs[0] as Job);
    const plan = await test.app.database.fork().transactional(async (tx) => {
      for (const way of ['seqscan', 'sort', 'bitmapscan']) await tx.execute(`set local enable_${way} = off`);
      return tx.execute(
        `explain select * from job j where (${sort.column('j')}, j.id) > (${sort.bound}, ?)
         order by ${sort.column('j')}, j.id limit 5`,
        [value, jobs[0]?.id],
      );
    });
    expect(JSON.stringify(plan)).toMatch(new RegExp(`Index Scan using ${index}.*Index Cond: .*ROW`));
  });

  it.each([
    ['status: [completed]', [6, 3, 0]],
    ['status: [failed, running], orderBy: { field: createdAt, direction: asc }', [1, 2, 5]],
    ['status: []', []],
    ['pipeline: "other"', [5, 2]],
    ['dataset: $dataset', [1, 0]],
    ['datasetVersion: $version, status: [failed]', [1]],
    ['text: "SPRING"', [1, 0]],
    ['text: "_500"', [1, 0]],
    ['text: "0%"', []],
    ['text: "to"', [6, 4, 3, 1, 0]],
    ['text: $uuid', [3]],
    ['text: "no such thing"', []],
    ['createdSince: "2026-01-03T00:00:00Z", createdUntil: "2026-01-05T00:00:00Z"', [3, 2]],
    ['createdUntil: "2026-01-02T00:00:00Z", pipeline: "toy"', [0]],
    ['createdSince: "2026-01-05T00:00:00Z", orderBy: { field: endedAt }', [4, 5, 6]],
  ])('jobs(%s) are %j', async (filter, expected) => {
    const variables = {
      dataset: global('Dataset', dataset.id),
      version: global('DatasetVersion', version.id),
      // Its first half: the jobs are days apart.
      uuid: jobs[3]?.id.slice(0, 18),
    };
    const used = Object.keys(variables).filter((name) => filter.includes(`$${name}`));
    const type = (name: string) => (name === 'uuid' ? 'String' : 'ID');
    const head = used.length === 0 ? '' : `query(${used.map((name) => `$${name}: ${type(name)}`).join(', ')})`;
    const { data, errors } = await run(
      `${head} { jobs(${filter}) { nodes { uuid } totalCount { count } } }`,
      variables,
    );
    expect(errors).toBeUndefined();
    expect(data.jobs.nodes).toEqual(expected.map((index) => ({ uuid: jobs[index]?.id })));
    expect(data.jobs.totalCount.count).toBe(expected.length);
  });

  it('data sets and versions are sorted by name whatever the letters, and found by a part of it', async () => {
    const names = ['Gamma 50%', 'gamma_500', 'beta', 'Alpha', 'alpha'];
    const descending = await walk('datasets', 'orderBy: { field: name }', 'name', true);
    expect(descending.map((name) => String(name).toLowerCase()).toSorted()).toEqual(
      names.map((name) => name.toLowerCase()).toSorted(),
    );
    expect(descending.indexOf('beta')).toBe(2);
    // Of one name, whatever the letters, the newer is first.
    expect(descending.slice(3)).toEqual(['alpha', 'Alpha']);
    expect(await walk('datasets', 'orderBy: { field: name }', 'name', false)).toEqual(descending);
    expect(await walk('datasets', 'text: "ALPHA"', 'name', true)).toEqual(['Alpha', 'alpha']);
    expect(await walk('datasets', 'text: "0%"', 'name', true)).toEqual(['Gamma 50%']);
    expect(await walk('datasetVersions', 'orderBy: { field: name, direction: asc }', 'name', true)).toEqual([
      'autumn',
      'Spring v1',
      'Winter',
    ]);
    expect(await walk('datasetVersions', 'orderBy: { field: committedAt }', 'name', true)).toEqual([
      'autumn',
      'Spring v1',
      'Winter',
    ]);
    expect(await walk('datasetVersions', 'text: "in", orderBy: { field: committedAt }', 'name', false)).toEqual([
      'Spring v1',
      'Winter',
    ]);
    expect(await walk('datasetVersions', 'createdUntil: "2026-01-03T00:00:00Z"', 'name', true)).toEqual(['autumn']);
  });

  it.each([
    ['the cursor of another order', 'createdAt', 'endedAt'],
    ['the cursor of another order', 'status', 'duration'],
    ['the cursor of another order', 'endedAt', 'status'],
    ['the cursor of another order', 'duration', 'createdAt'],
  ])('refuse %s: %s for %s', async (_what, from, to) => {
    const { data } = await run(`{ jobs(first: 1, orderBy: { field: ${from} }) { pageInfo { endCursor } } }`);
    const at = data.jobs.pageInfo.endCursor;
    const { errors } = await run(
      `query($at: String) { jobs(after: $at, orderBy: { field: ${to} }) { nodes { uuid } } }`,
      {
        at,
      },
    );
    expect(errors[0].message).toBe('That is no cursor of this connection');
  });
});
