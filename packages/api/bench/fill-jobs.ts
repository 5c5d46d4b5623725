import type { Database } from '../src/db/orm.ts';

const DATASETS = 20;
const VERSIONS = 20_000;
const PART = 50_000;

/** A uuid of version 7 of a time in milliseconds, in SQL. */
const uuidAt = (ms: string) =>
  `(lpad(to_hex((${ms})::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid`;

/**
 * A year of jobs, evenly: 93 in 100 completed, 5 failed, 2 cancelled, and the last few open; of five pipelines and 20,000 versions.
 *
 * @returns the name of a version and the id of a job, of those in the middle.
 */
export async function fillJobs(database: Database, jobs: number): Promise<{ version: string; uuid: string }> {
  const em = database.fork();
  const from = Date.parse('2025-12-01T00:00:00Z');
  const step = Math.floor((365 * 86_400_000) / jobs);
  const begin = `${from} + n::bigint * ${step}`;
  await em.execute(
    `insert into dataset (id, name, kind, created_at)
     select ${uuidAt(`${from} + n`)}, 'data set ' || n, 'lookalike', now() from generate_series(1, ${DATASETS}) n`,
  );
  await em.execute(
    `insert into dataset_version (id, dataset_id, name, ordinal, status, tables_received, row_counts, created_at, committed_at)
     select ${uuidAt(`${from} + n`)}, d.id, 'batch-' || lpad(n::text, 6, '0'), n, 'processed', '[]', '{}', now(), now()
     from generate_series(1, ${VERSIONS}) n join dataset d on d.name = 'data set ' || (n % ${DATASETS} + 1)`,
  );
  // In parts: a statement may not keep silent for long.
  for (let first = 1; first <= jobs; first += PART)
    await em.execute(
      `insert into job (id, pipeline, dataset_version_id, status, progress, params, seed, created_at, started_at, finished_at)
     select ${uuidAt(begin)},
       case when n % ${Math.floor(jobs / 100)} = 0 then 'stores_mart'
            else (array['lookalike', 'lookalike', 'clustering', 'clustering_search', 'labelling'])[1 + n % 5] end,
       v.id, s.status, 1, '{"k": 8}', 42, to_timestamp((${begin}) / 1000.0), to_timestamp((${begin}) / 1000.0 + 1),
       case when s.status in ('completed', 'failed', 'cancelled') then to_timestamp((${begin}) / 1000.0 + 1 + (n::bigint * 7919 % 600000) / 1000.0) end
     from generate_series(${first}, ${Math.min(first + PART - 1, jobs)}) n
     join dataset_version v on v.ordinal = 1 + n % ${VERSIONS}
     cross join lateral (select case when n > ${jobs} - 3 then 'running' when n > ${jobs} - 30 then 'pending'
       when n % 100 < 5 then 'failed' when n % 100 < 7 then 'cancelled' else 'completed' end as status) s`,
    );
  for (const table of ['dataset', 'dataset_version', 'job']) await em.execute(`analyze ${table}`);
  const [row] = await em.execute<{ name: string; id: string }[]>(
    `select v.name, j.id from job j join dataset_version v on v.id = j.dataset_version_id order by j.id limit 1 offset ${Math.floor(jobs / 2)}`,
  );
  return { version: row?.name ?? '', uuid: row?.id ?? '' };
}
