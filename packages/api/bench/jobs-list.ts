/**
 * `pnpm bench jobs-list [--jobs 1000000] [--rounds 40] [--embedded]`: fills a database of its own (PostgreSQL, or the embedded
 * PGlite) with jobs and asks for pages of them through the schema. Prints p50 and p95 of each question against the limit of
 * 150 ms, and the same pages by OFFSET and `count(*)`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execute, parse } from 'graphql';
import { SYSTEM } from '../src/access/caller.ts';
import { type App, createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { schema } from '../src/graphql/schema.ts';
import { findPostgres, startPostgres } from '../src/test/throwaway-postgres.ts';
import { fillJobs } from './fill-jobs.ts';

const LIMIT_MS = 150;
const PAGE = 50;
const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '40' },
    embedded: { type: 'boolean', default: false },
  },
});
const jobs = Number(values.jobs);
const rounds = Number(values.rounds);

const installed = values.embedded ? undefined : findPostgres();
const server = installed && (await startPostgres(installed));
const dataDir = await mkdtemp(join(tmpdir(), 'kindred-bench-jobs-'));
const app = await createApp(
  readConfig({ KINDRED_DATA: dataDir, KINDRED_LOG: 'error', ...(server ? { DATABASE_URL: server.url } : {}) }),
);
try {
  const started = performance.now();
  const { version, uuid } = await fillJobs(app.database, jobs);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${jobs.toLocaleString('en')} jobs in ${server ? 'PostgreSQL' : 'PGlite'}, made in ${seconds} s; pages of ${PAGE}, ${rounds} rounds`,
  );
  await measureAll(app, version, uuid);
} finally {
  await app.stop();
  await server?.stop();
  await rm(dataDir, { recursive: true, force: true });
}

async function measureAll(app: App, version: string, uuid: string): Promise<void> {
  const page = async (args: string, total = false) => {
    const nodes =
      'nodes { id uuid pipeline status progress createdAt finishedAt datasetVersion { name dataset { name } } }';
    const text = `{ jobs(first: ${PAGE}, ${args}) { ${nodes} pageInfo { endCursor hasNextPage } ${total ? 'totalCount { count exact }' : ''} } }`;
    const { data, errors } = await execute({
      schema,
      document: parse(text),
      contextValue: { core: app, caller: SYSTEM },
    });
    if (errors) throw errors[0];
    return data?.jobs as { nodes: unknown[]; totalCount?: { count: number; exact: boolean } };
  };
  const deep = async (field: string) =>
    `after: "${await cursorAt(app, field, jobs / 2)}", orderBy: { field: ${field} }`;
  const questions: [name: string, ask: () => Promise<{ nodes: unknown[]; totalCount?: { count: number } }>][] = [
    ['first page', () => page('order: NEWEST_FIRST')],
    ['first page with total', () => page('order: NEWEST_FIRST', true)],
  ];
  for (const field of ['createdAt', 'endedAt', 'duration', 'status']) {
    const after = await deep(field);
    questions.push([`by ${field}`, () => page(`orderBy: { field: ${field} }`)]);
    questions.push([`by ${field}, half of the list passed`, () => page(after)]);
  }
  const filters = {
    'failed (5 %)': 'status: [failed]',
    'running (3)': 'status: [running]',
    'failed or cancelled': 'status: [failed, cancelled]',
    'one pipeline of five': 'pipeline: "clustering"',
    'rare pipeline (100)': 'pipeline: "stores_mart"',
    'one data set of twenty': `dataset: "${Buffer.from(`Dataset:${await datasetOf(app, version)}`).toString('base64')}"`,
    'text: name of a version': `text: "${version}"`,
    'text: half of all': 'text: "look"',
    'text: beginning of a uuid': `text: "${uuid.slice(0, 13)}"`,
    'text: nothing': 'text: "no such thing"',
    'a day, half a year ago': `createdSince: "2026-02-01T00:00:00Z", createdUntil: "2026-02-02T00:00:00Z"`,
    'failed, by end': 'status: [failed], orderBy: { field: endedAt }',
    'one pipeline, by duration': 'pipeline: "clustering", orderBy: { field: duration }',
    'failed of one data set, by end, with a month': `status: [failed], createdSince: "2026-02-01T00:00:00Z", createdUntil: "2026-03-01T00:00:00Z", orderBy: { field: endedAt }`,
  };
  for (const [name, filter] of Object.entries(filters)) {
    questions.push([name, () => page(filter)]);
    questions.push([`${name}, with total`, () => page(filter, true)]);
  }
  let worst = 0;
  for (const [name, ask] of questions) {
    const { p50, p95, answer } = await measure(ask);
    worst = Math.max(worst, p95);
    const total = answer.totalCount ? `, total ${answer.totalCount.count.toLocaleString('en')}` : '';
    console.log(line(name, p50, p95, `${answer.nodes.length} jobs${total}`));
  }
  console.log(`\nOFFSET and count(*), the SQL alone`);
  for (const [name, sql] of [
    ['first page', `select * from job order by id desc limit ${PAGE}`],
    ['half of the list passed', `select * from job order by id desc limit ${PAGE} offset ${jobs / 2}`],
    ['by end, half passed', `select * from job order by finished_at desc, id desc limit ${PAGE} offset ${jobs / 2}`],
    ['total', 'select count(*) from job where deleted_at is null'],
  ] as const) {
    const { p50, p95 } = await measure(() => app.database.fork().execute(sql), Math.min(rounds, 10));
    console.log(line(name, p50, p95, ''));
  }
  console.log(
    `\n${worst <= LIMIT_MS ? 'within' : 'NOT within'} ${LIMIT_MS} ms: the slowest p95 is ${worst.toFixed(1)} ms`,
  );
}

async function measure<T>(ask: () => Promise<T>, times = rounds) {
  let answer = await ask();
  const taken: number[] = [];
  for (let round = 0; round < times; round++) {
    const started = performance.now();
    answer = await ask();
    taken.push(performance.now() - started);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => taken[Math.min(taken.length - 1, Math.floor(share * taken.length))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), answer };
}

function line(name: string, p50: number, p95: number, note: string): string {
  return `${name.padEnd(58)} p50 ${p50.toFixed(1).padStart(7)} ms   p95 ${p95.toFixed(1).padStart(7)} ms   ${note}`;
}

/** The cursor of the row at a place, found as a reader who goes page by page would have it. */
async function cursorAt(app: App, field: string, offset: number): Promise<string> {
  const { jobOrder } = await import('../src/jobs/job-order.ts');
  const { Job } = await import('../src/jobs/job.entity.ts');
  const { writeCursor } = await import('../src/graphql/cursor.ts');
  const { sort } = jobOrder.apply({ orderBy: { field: field as 'endedAt', direction: 'desc' } });
  const order = sort ? `${sort.column('j')} desc, j.id desc` : 'j.id desc';
  const em = app.database.fork();
  const [row] = await em.execute<{ id: string }[]>(`select id from job j order by ${order} limit 1 offset ${offset}`);
  const job = await em.findOneOrFail(Job, { id: row?.id ?? '' });
  return writeCursor(job, sort);
}

async function datasetOf(app: App, version: string): Promise<string> {
  const [row] = await app.database
    .fork()
    .execute<{ dataset_id: string }[]>('select dataset_id from dataset_version where name = ?', [version]);
  return row?.dataset_id ?? '';
}
