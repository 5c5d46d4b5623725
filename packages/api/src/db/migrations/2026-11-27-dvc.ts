import { Migration } from '@mikro-orm/migrations';

const SQL = `
alter table "stage_run" add "inputs" jsonb null;
alter table "stage_run" add "code_version" int null;

create table "dvc_revision" (
  "id" serial not null,
  "job_id" uuid not null,
  "dataset_version_id" uuid not null,
  "tag" text not null,
  "git_commit" text null,
  "dvc_hash" text null,
  "objects" jsonb not null,
  "metrics" jsonb null,
  "created_at" timestamptz(3) not null,
  "written_at" timestamptz(3) null,
  "lost_at" timestamptz(3) null,
  "swept_at" timestamptz(3) null,
  "last_error" text null,
  "holder" uuid null,
  "leased_until" timestamptz(3) null,
  primary key ("id")
);
alter table "dvc_revision" add constraint "dvc_revision_job_id_unique" unique ("job_id");
alter table "dvc_revision" add constraint "dvc_revision_tag_unique" unique ("tag");
create index "dvc_revision_dataset_version_id_index" on "dvc_revision" ("dataset_version_id");
alter table "dvc_revision" add constraint "dvc_revision_job_id_foreign" foreign key ("job_id") references "job" ("id");
alter table "dvc_revision" add constraint "dvc_revision_dataset_version_id_foreign" foreign key ("dataset_version_id") references "dataset_version" ("id");
alter table "mlflow_outbox" drop constraint "mlflow_outbox_kind_check";
alter table "mlflow_outbox" add constraint "mlflow_outbox_kind_check" check ("kind" in ('run', 'model_version', 'alias', 'run_end', 'data_revision'));
`;

/** Revisions of the DVC repository, and of each stage what it read: the job's sources are others once it has ended. */
export class Dvc20261127 extends Migration {
  override up(): void {
    // PGlite takes one statement at a time.
    for (const statement of SQL.split(/;\n/)) if (statement.trim() !== '') this.addSql(statement.trim());
  }
}
