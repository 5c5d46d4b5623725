import { Migration } from '@mikro-orm/migrations';

const SQL = `
alter table "experiment_run" add "mlflow_run_id" text null;

create table "mlflow_outbox" (
  "id" serial not null,
  "kind" text not null,
  "subject" text not null,
  "created_at" timestamptz(3) not null,
  "sent_at" timestamptz(3) null,
  "refused_at" timestamptz(3) null,
  "refusals" int not null default 0,
  "last_error" text null,
  "holder" uuid null,
  "leased_until" timestamptz(3) null,
  primary key ("id")
);
create index "mlflow_outbox_sent_at_refused_at_id_index" on "mlflow_outbox" ("sent_at", "refused_at", "id");
alter table "mlflow_outbox" add constraint "mlflow_outbox_kind_check" check ("kind" in ('run', 'model_version', 'alias', 'run_end'));
insert into "mlflow_outbox" ("kind", "subject", "created_at")
  select kind, subject, at from (
    select 'run' as kind, id as subject, coalesce(ended_at, started_at) as at, 1 as rank from experiment_run
    union all select 'model_version', id, coalesce(ended_at, started_at), 2 from experiment_run
    union all select 'run_end', id, coalesce(ended_at, started_at), 3 from experiment_run
    union all select 'alias', id::text, created_at, 4 from model_promotion
  ) owed order by at, rank;
`;

/** What MLflow is owed, beginning with every training and promotion so far, and its ids of runs. */
export class Mlflow20261126 extends Migration {
  override up(): void {
    // PGlite takes one statement at a time.
    for (const statement of SQL.split(/;\n/)) if (statement.trim() !== '') this.addSql(statement.trim());
  }
}
