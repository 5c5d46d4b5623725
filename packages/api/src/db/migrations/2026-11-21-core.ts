import { Migration } from '@mikro-orm/migrations';

const SQL = `
create table "dataset" (
  "id" uuid not null,
  "name" text not null,
  "kind" text not null,
  "created_at" timestamptz(3) not null,
  primary key ("id")
);
alter table "dataset" add constraint "dataset_name_unique" unique ("name");

create table "dataset_version" (
  "id" uuid not null,
  "dataset_id" uuid not null,
  "name" text not null,
  "ordinal" int null,
  "status" text not null default 'receiving',
  "tables_received" jsonb not null,
  "row_counts" jsonb not null,
  "manifest_hash" text null,
  "manifest_bytes" int null,
  "created_at" timestamptz(3) not null,
  "committed_at" timestamptz(3) null,
  "processed_at" timestamptz(3) null,
  "files_removed_at" timestamptz(3) null,
  primary key ("id")
);
alter table "dataset_version" add constraint "dataset_version_dataset_id_name_unique" unique ("dataset_id", "name");
alter table "dataset_version" add constraint "dataset_version_dataset_id_ordinal_unique" unique ("dataset_id", "ordinal");
alter table "dataset_version" add constraint "dataset_version_status_check" check ("status" in ('receiving', 'committed', 'processed', 'invalid', 'failed'));

create table "job" (
  "id" uuid not null,
  "pipeline" text not null,
  "dataset_version_id" uuid null,
  "job_group" text null,
  "status" text not null default 'pending',
  "outcome" text null,
  "progress" double precision not null default 0,
  "message" text not null default '',
  "eta_seconds" double precision null,
  "params" jsonb not null,
  "seed" int not null default 42,
  "id_card" text null,
  "attempt" int not null default 0,
  "lease_token" int not null default 0,
  "lease_expires_at" timestamptz(3) null,
  "error" jsonb null,
  "cancel_requested" boolean not null default false,
  "created_at" timestamptz(3) not null,
  "started_at" timestamptz(3) null,
  "finished_at" timestamptz(3) null,
  primary key ("id")
);
create index "job_dataset_version_id_index" on "job" ("dataset_version_id");
create index "job_status_id_index" on "job" ("status", "id");
alter table "job" add constraint "job_status_check" check ("status" in ('pending', 'running', 'completed', 'failed', 'cancelled'));

create table "experiment_run" (
  "id" text not null,
  "experiment" text not null,
  "job_id" uuid not null,
  "dataset_version_id" uuid not null,
  "model_version" text null,
  "status" text not null default 'FINISHED',
  "params" jsonb not null,
  "metrics" jsonb not null,
  "tags" jsonb not null,
  "started_at" timestamptz(3) not null,
  "ended_at" timestamptz(3) null,
  primary key ("id")
);
alter table "experiment_run" add constraint "experiment_run_job_id_unique" unique ("job_id");
create index "experiment_run_dataset_version_id_index" on "experiment_run" ("dataset_version_id");
alter table "experiment_run" add constraint "experiment_run_status_check" check ("status" in ('RUNNING', 'FINISHED', 'FAILED', 'KILLED'));

create table "drift_report" (
  "id" uuid not null,
  "dataset_version_id" uuid not null,
  "reference_id" uuid null,
  "job_id" uuid not null,
  "drift_detected" boolean not null,
  "drift_score" double precision not null,
  "action_taken" text not null,
  "features" jsonb not null,
  "verdict" jsonb not null,
  "created_at" timestamptz(3) not null,
  primary key ("id")
);
create index "drift_report_dataset_version_id_index" on "drift_report" ("dataset_version_id");
alter table "drift_report" add constraint "drift_report_job_id_unique" unique ("job_id");
alter table "drift_report" add constraint "drift_report_action_taken_check" check ("action_taken" in ('retrained', 'none', 'skipped'));

create table "lineage_edge" (
  "id" serial primary key,
  "from_kind" text not null,
  "from_id" text not null,
  "to_kind" text not null,
  "to_id" text not null,
  "relation" text not null,
  "created_at" timestamptz(3) not null
);
create index "lineage_edge_to_kind_to_id_index" on "lineage_edge" ("to_kind", "to_id");
alter table "lineage_edge" add constraint "lineage_edge_from_kind_from_id_to_kind_to_id_relation_unique" unique ("from_kind", "from_id", "to_kind", "to_id", "relation");
alter table "lineage_edge" add constraint "lineage_edge_from_kind_check" check ("from_kind" in ('dataset_version', 'manifest', 'artifact', 'stage_run', 'model_version', 'experiment_run', 'deployment'));
alter table "lineage_edge" add constraint "lineage_edge_to_kind_check" check ("to_kind" in ('dataset_version', 'manifest', 'artifact', 'stage_run', 'model_version', 'experiment_run', 'deployment'));

create table "metric" (
  "id" serial primary key,
  "job_id" uuid not null,
  "stage" text not null,
  "key" text not null,
  "value" double precision not null,
  "step" int not null default 0,
  "recorded_at" timestamptz(3) not null
);
alter table "metric" add constraint "metric_job_id_key_step_unique" unique ("job_id", "key", "step");

create table "registered_model" (
  "name" text not null,
  "description" text not null default '',
  "created_at" timestamptz(3) not null,
  primary key ("name")
);

create table "model_version" (
  "id" uuid not null,
  "model_name" text not null,
  "ordinal" int not null,
  "version" text not null,
  "trained_on_id" uuid not null,
  "run_id" text not null,
  "artifact_key" text not null,
  "artifact_hash" text not null,
  "features_count" int not null,
  "train_metrics" jsonb not null,
  "created_at" timestamptz(3) not null,
  primary key ("id")
);
alter table "model_version" add constraint "model_version_run_id_unique" unique ("run_id");
alter table "model_version" add constraint "model_version_model_name_ordinal_unique" unique ("model_name", "ordinal");

create table "deployment" (
  "id" serial primary key,
  "dataset_version_id" uuid not null,
  "model_version_id" uuid null,
  "world_key" text not null,
  "model_key" text null,
  "created_at" timestamptz(3) not null
);

create table "model_promotion" (
  "id" uuid not null,
  "model_name" text not null,
  "alias" text not null,
  "previous_id" uuid null,
  "model_version_id" uuid not null,
  "reason" text not null,
  "job_id" uuid null,
  "created_at" timestamptz(3) not null,
  primary key ("id")
);

create table "model_alias" (
  "id" uuid not null,
  "model_name" text not null,
  "alias" text not null,
  "model_version_id" uuid not null,
  "updated_at" timestamptz(3) not null,
  primary key ("id")
);
alter table "model_alias" add constraint "model_alias_model_name_alias_unique" unique ("model_name", "alias");

create table "stage_run" (
  "id" uuid not null,
  "job_id" uuid not null,
  "name" text not null,
  "ordinal" int not null,
  "status" text not null default 'pending',
  "key" text null,
  "progress" double precision not null default 0,
  "message" text not null default '',
  "eta_seconds" double precision null,
  "summary" jsonb null,
  "outputs" jsonb not null,
  "stop" boolean not null default false,
  "skips" jsonb not null,
  "attempt" int not null default 0,
  "error" jsonb null,
  "started_at" timestamptz(3) null,
  "finished_at" timestamptz(3) null,
  primary key ("id")
);
create index "stage_run_key_status_index" on "stage_run" ("key", "status");
create index "stage_run_name_finished_at_index" on "stage_run" ("name", "finished_at");
alter table "stage_run" add constraint "stage_run_job_id_name_unique" unique ("job_id", "name");
alter table "stage_run" add constraint "stage_run_status_check" check ("status" in ('pending', 'running', 'completed', 'reused', 'skipped', 'failed'));

create table "artifact" (
  "id" uuid not null,
  "job_id" uuid not null,
  "stage_run_id" uuid not null,
  "name" text not null,
  "hash" text not null,
  "object_key" text not null,
  "bytes" bigint not null,
  "created_at" timestamptz(3) not null,
  "deleted_at" timestamptz(3) null,
  primary key ("id")
);
create index "artifact_job_id_index" on "artifact" ("job_id");
create index "artifact_hash_index" on "artifact" ("hash");
alter table "artifact" add constraint "artifact_stage_run_id_name_unique" unique ("stage_run_id", "name");

create table "validation_result" (
  "id" uuid not null,
  "dataset_version_id" uuid not null,
  "job_id" uuid not null,
  "valid" boolean not null,
  "checks_total" int not null,
  "checks_passed" int not null,
  "checks_failed" int not null,
  "failed_checks" jsonb not null,
  "result" jsonb null,
  "created_at" timestamptz(3) not null,
  primary key ("id")
);
create index "validation_result_dataset_version_id_index" on "validation_result" ("dataset_version_id");
alter table "validation_result" add constraint "validation_result_job_id_unique" unique ("job_id");
alter table "dataset_version" add constraint "dataset_version_dataset_id_foreign" foreign key ("dataset_id") references "dataset" ("id");
alter table "job" add constraint "job_dataset_version_id_foreign" foreign key ("dataset_version_id") references "dataset_version" ("id") on delete set null;
alter table "experiment_run" add constraint "experiment_run_job_id_foreign" foreign key ("job_id") references "job" ("id");
alter table "experiment_run" add constraint "experiment_run_dataset_version_id_foreign" foreign key ("dataset_version_id") references "dataset_version" ("id");
alter table "drift_report" add constraint "drift_report_dataset_version_id_foreign" foreign key ("dataset_version_id") references "dataset_version" ("id");
alter table "drift_report" add constraint "drift_report_reference_id_foreign" foreign key ("reference_id") references "dataset_version" ("id") on delete set null;
alter table "drift_report" add constraint "drift_report_job_id_foreign" foreign key ("job_id") references "job" ("id");
alter table "metric" add constraint "metric_job_id_foreign" foreign key ("job_id") references "job" ("id");
alter table "model_version" add constraint "model_version_model_name_foreign" foreign key ("model_name") references "registered_model" ("name");
alter table "model_version" add constraint "model_version_trained_on_id_foreign" foreign key ("trained_on_id") references "dataset_version" ("id");
alter table "model_version" add constraint "model_version_run_id_foreign" foreign key ("run_id") references "experiment_run" ("id");
alter table "deployment" add constraint "deployment_dataset_version_id_foreign" foreign key ("dataset_version_id") references "dataset_version" ("id");
alter table "deployment" add constraint "deployment_model_version_id_foreign" foreign key ("model_version_id") references "model_version" ("id") on delete set null;
alter table "model_promotion" add constraint "model_promotion_model_name_foreign" foreign key ("model_name") references "registered_model" ("name");
alter table "model_promotion" add constraint "model_promotion_previous_id_foreign" foreign key ("previous_id") references "model_version" ("id") on delete set null;
alter table "model_promotion" add constraint "model_promotion_model_version_id_foreign" foreign key ("model_version_id") references "model_version" ("id");
alter table "model_promotion" add constraint "model_promotion_job_id_foreign" foreign key ("job_id") references "job" ("id") on delete set null;
alter table "model_alias" add constraint "model_alias_model_name_foreign" foreign key ("model_name") references "registered_model" ("name");
alter table "model_alias" add constraint "model_alias_model_version_id_foreign" foreign key ("model_version_id") references "model_version" ("id");
alter table "stage_run" add constraint "stage_run_job_id_foreign" foreign key ("job_id") references "job" ("id");
alter table "artifact" add constraint "artifact_job_id_foreign" foreign key ("job_id") references "job" ("id");
alter table "artifact" add constraint "artifact_stage_run_id_foreign" foreign key ("stage_run_id") references "stage_run" ("id");
alter table "validation_result" add constraint "validation_result_dataset_version_id_foreign" foreign key ("dataset_version_id") references "dataset_version" ("id");
alter table "validation_result" add constraint "validation_result_job_id_foreign" foreign key ("job_id") references "job" ("id");
`;

/** The core: data sets, jobs, stages, artifacts, metrics, experiments, models, quality, drift, lineage, deployments. */
export class Core20261121 extends Migration {
  override up(): void {
    // PGlite takes one statement at a time.
    for (const statement of SQL.split(/;\n/)) if (statement.trim() !== '') this.addSql(statement.trim());
  }
}
