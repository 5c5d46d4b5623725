import { Core20261121 } from './migrations/2026-11-21-core.ts';
import { Mlflow20261126 } from './migrations/2026-11-26-mlflow.ts';
import { Tracing20261126 } from './migrations/2026-11-26-tracing.ts';
import { Dvc20261127 } from './migrations/2026-11-27-dvc.ts';
import { UploadedTables20261128 } from './migrations/2026-11-28-uploaded-tables.ts';
import { PausedJobs20261129 } from './migrations/2026-11-29-paused-jobs.ts';
import { Stores20261130 } from './migrations/2026-11-30-stores.ts';
import { Schedules20261202 } from './migrations/2026-12-02-schedules.ts';
import { Console20261203 } from './migrations/2026-12-03-console.ts';
import { ScheduleRetries20261203 } from './migrations/2026-12-03-schedule-retries.ts';
import { Access20261204 } from './migrations/2026-12-04-access.ts';
import { Processes20261205 } from './migrations/2026-12-05-processes.ts';

/** THE LIST of migrations, in order. A landed one is never edited; the name is what the database remembers. */
export const MIGRATIONS = [
  { name: '2026-11-21-core', class: Core20261121 },
  { name: '2026-11-26-mlflow', class: Mlflow20261126 },
  { name: '2026-11-26-tracing', class: Tracing20261126 },
  { name: '2026-11-27-dvc', class: Dvc20261127 },
  { name: '2026-11-28-uploaded-tables', class: UploadedTables20261128 },
  { name: '2026-11-29-paused-jobs', class: PausedJobs20261129 },
  { name: '2026-11-30-stores', class: Stores20261130 },
  { name: '2026-12-02-schedules', class: Schedules20261202 },
  { name: '2026-12-03-schedule-retries', class: ScheduleRetries20261203 },
  { name: '2026-12-03-console', class: Console20261203 },
  { name: '2026-12-04-access', class: Access20261204 },
  { name: '2026-12-05-processes', class: Processes20261205 },
];
