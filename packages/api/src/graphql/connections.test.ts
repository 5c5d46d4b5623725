import { execute, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from '../access/caller.ts';
import { commitVersion, ensureDataset } from '../datasets/dataset.operations.ts';
import { DriftReport } from '../drift/drift-report.entity.ts';
import { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import { getJob } from '../jobs/job.operations.ts';
import { ValidationResult } from '../quality/validation-result.entity.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { TOY_STAGES_MODULE, toyPipeline } from '../test/toy-pipeline.ts';
import { schema } from './schema.ts';

/** Two versions of toys, each run through the toy pipeline, and what a look-alike version leaves beside. */
describe('connections of every kind', () => {
  let test: TestApp;
  const jobs: string[] = [];
  const global = (type: string, id: string) => Buffer.from(`${type}:${id}`).toString('base64');

  beforeAll(async () => {
    test = await createTestApp({ pipelines: [toyPipeline], stagesModule: TOY_STAGES_MODULE });
    const { app } = test;
    await ensureDataset(app, 'toys', 'toy');
    await ensureDataset(app, 'more toys', 'toy');
    await app.start();
    for (const [at, name] of ['v1', 'v2'].entries()) {
      const { job, version } = await commitVersion(app, 'toys', name, { version: name, tables: {} });
      jobs.push(job.id);
      while ((await getJob(app, job.id)).status !== 'completed')
        await new Promise((resolve) => setTimeout(resolve, 20));
      const em = app.database.fork();
      const datasetVersion = version.id;
      const drifted = at === 1;
      em.create(DriftReport, {
        datasetVersion,
        job: job.id,
        driftDetected: drifted,
        driftScore: at,
        actionTaken: drifted ? 'retrained' : 'none',
      } as never);
      em.create(ValidationResult, {
        datasetVersion,
        job: job.id,
        valid: !drifted,
        checksTotal: 1,
        checksPassed: at,
        checksFailed: 1 - at,
        failedChecks: [],
        result: {},
      } as never);
      em.create(ExperimentRun, {
        experiment: 'toy',
        job: job.id,
        datasetVersion,
        startedAt: new Date(),
        status: drifted ? 'FINISHED' : 'FAILED',
      } as never);
      await em.flush();
    }
  });
  afterAll(() => test.dispose());

  async function ask(query: string, variableValues: Record<string, unknown> = {}) {
    const contextValue = { core: test.app, caller: SYSTEM };
    const result = await execute({ schema, document: parse(query), contextValue, variableValues });
    expect(result.errors).toBeUndefined();
    return JSON.parse(JSON.stringify(result.data));
  }

  it.each([
    ['datasets', 'kind: "toy"', 2],
    ['datasets', 'kind: "none"', 0],
    ['datasetVersions', 'name: "v2"', 1],
    ['datasetVersions', 'dataset: "more toys"', 0],
    ['jobs', 'status: [completed]', 2],
    ['jobs', 'status: [failed, cancelled]', 0],
    ['stageRuns', 'name: "double"', 2],
    ['stageRuns', 'job: $job', 4],
    ['stageRuns', 'job: $job, status: [failed]', 0],
    ['stageRuns', 'job: $job, status: [completed, reused], name: "read"', 1],
    ['artifacts', 'name: "no such"', 0],
    ['artifacts', 'kept: false', 0],
    ['metrics', 'stage: "no such"', 0],
    ['driftReports', 'driftDetected: true', 1],
    ['driftReports', 'actionTaken: [none]', 1],
    ['driftReports', 'actionTaken: [skipped]', 0],
    ['driftReports', 'datasetVersion: $version', 1],
    ['validationResults', 'valid: false', 1],
    ['validationResults', 'datasetVersion: $version, valid: true', 1],
    ['experimentRuns', 'status: [FAILED]', 1],
    ['experimentRuns', 'datasetVersion: $version, status: [FINISHED]', 0],
    ['modelVersions', 'trainedOn: $version', 0],
  ])('%s(%s) gives %i', async (field, filter, expected) => {
    const { datasetVersions } = await ask('{ datasetVersions(name: "v1") { nodes { id } } }');
    const variables = { job: global('Job', jobs[0]), version: datasetVersions.nodes[0].id };
    const used = Object.keys(variables).filter((name) => filter.includes(`$${name}`));
    const head = used.length > 0 ? `query(${used.map((name) => `$${name}: ID!`).join(', ')})` : '';
    const total = 'totalCount { count exact }';
    const answer = await ask(`${head} { ${field}(${filter}) { nodes { __typename } ${total} } }`, variables);
    expect(answer[field].nodes).toHaveLength(expected);
    expect(answer[field].totalCount).toEqual({ count: expected, exact: true });
  });

  it.each([
    'datasets',
    'datasetVersions',
    'jobs',
    'stageRuns',
    'artifacts',
    'metrics',
    'driftReports',
    'validationResults',
    'experimentRuns',
  ])('%s are paged in both directions and orders, each once', async (field) => {
    const counts = new Set<number>();
    const walk = async (order: string, size: 'first' | 'last', cursor: 'after' | 'before') => {
      const seen: string[] = [];
      let at: string | null = null;
      for (let more = true; more; ) {
        const page: {
          edges: { cursor: string }[];
          pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
          totalCount: { count: number };
        } = (
          await ask(
            `query($at: String) { ${field}(${size}: 3, ${cursor}: $at, order: ${order}) { totalCount { count }
                edges { cursor node { __typename } }
                pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
            { at },
          )
        )[field];
        const cursors = page.edges.map((edge) => edge.cursor);
        if (size === 'first') seen.push(...cursors);
        else seen.unshift(...cursors);
        counts.add(page.totalCount.count);
        more = size === 'first' ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage;
        at = size === 'first' ? page.pageInfo.endCursor : page.pageInfo.startCursor;
      }
      return seen;
    };
    const oldest = await walk('OLDEST_FIRST', 'first', 'after');
    expect(new Set(oldest).size).toBe(oldest.length);
    expect([...counts]).toEqual([oldest.length]);
    if (field !== 'metrics') expect(oldest.length).toBeGreaterThan(1);
    expect(await walk('OLDEST_FIRST', 'last', 'before')).toEqual(oldest);
    expect(await walk('NEWEST_FIRST', 'first', 'after')).toEqual(oldest.toReversed());
  });
});
