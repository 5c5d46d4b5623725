import { Migration } from '@mikro-orm/migrations';

/** What lists of the console are sorted and filtered by, and what jobs say of themselves. */
export class Console20261203 extends Migration {
  override up(): void {
    this.addSql('create index "job_pipeline_id_index" on "job" ("pipeline", "id")');
    this.addSql(`create index "job_ended_index" on "job" ((coalesce("finished_at", 'infinity'::timestamptz)), "id")`);
    this.addSql(
      'create index "job_duration_index" on "job" ((coalesce((extract(epoch from ("finished_at" - "started_at")) * 1000)::bigint, -1::bigint)), "id")',
    );
    this.addSql('create index "dataset_lower_name_index" on "dataset" ((lower("name")), "id")');
    this.addSql('create index "dataset_version_lower_name_index" on "dataset_version" ((lower("name")), "id")');
    this.addSql(
      `create index "dataset_version_committed_index" on "dataset_version" ((coalesce("committed_at", 'infinity'::timestamptz)), "id")`,
    );
    this.addSql(
      'create table "job_log_line" ("id" uuid not null, "job_id" uuid not null, "stage" text null, "level" text not null, "message" text not null, "fields" jsonb not null, "at" timestamptz(3) not null, primary key ("id"))',
    );
    this.addSql('create index "job_log_line_job_id_id_index" on "job_log_line" ("job_id", "id")');
    this.addSql(
      'alter table "job_log_line" add constraint "job_log_line_job_id_foreign" foreign key ("job_id") references "job" ("id") on delete cascade',
    );
    this.addSql(
      `alter table "job_log_line" add constraint "job_log_line_level_check" check ("level" in ('debug', 'info', 'warning', 'error'))`,
    );
  }
}
