import type { Database } from '../db/orm.ts';

export interface QueueDepth {
  readonly pending: number;
  readonly running: number;
  readonly paused: number;
  /** When the job that waits longest was created. */
  readonly waitingSince: Date | null;
  /** In the last hour. */
  readonly completed: number;
  readonly failed: number;
  readonly cancelled: number;
}

/** Both parts come from indexes: over the status, and over the end of jobs. */
const SQL = `
select status, count(*)::int as count, min(created_at) filter (where status = 'pending') as waiting_since
from job where status in ('pending', 'running', 'paused') and deleted_at is null group by status
union all
select status, count(*)::int, null from job
where coalesce(finished_at, 'infinity'::timestamptz) >= now() - interval '1 hour'
  and coalesce(finished_at, 'infinity'::timestamptz) < 'infinity'::timestamptz
  and status in ('completed', 'failed', 'cancelled') group by status`;

export async function queueDepth(database: Database): Promise<QueueDepth> {
  const rows = await database.fork().execute<{ status: string; count: number; waiting_since: string | null }[]>(SQL);
  const of = (status: string) => rows.find((row) => row.status === status)?.count ?? 0;
  const since = rows.find((row) => row.waiting_since !== null)?.waiting_since;
  return {
    pending: of('pending'),
    running: of('running'),
    paused: of('paused'),
    waitingSince: since ? new Date(since) : null,
    completed: of('completed'),
    failed: of('failed'),
    cancelled: of('cancelled'),
  };
}
