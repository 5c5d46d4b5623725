import { Migration } from '@mikro-orm/migrations';

/** Jobs that are made again and again. */
export class Schedules20261202 extends Migration {
  override up(): void {
    this.addSql(
      'create table "schedule" ("id" uuid not null, "name" text not null, "pipeline" text not null, "request" jsonb not null, "cron" text not null, "time_zone" text not null, "enabled" boolean not null default true, "next_due_at" timestamptz(3) null, "created_at" timestamptz(3) not null, primary key ("id"))',
    );
    this.addSql('alter table "schedule" add constraint "schedule_name_unique" unique ("name")');
    this.addSql('create index "schedule_next_due_at_index" on "schedule" ("next_due_at")');
    this.addSql(
      'create table "schedule_run" ("id" uuid not null, "schedule_id" uuid not null, "due_at" timestamptz(3) not null, "started_at" timestamptz(3) not null, "missed" int not null default 0, "manual" boolean not null default false, "job_id" uuid null, "error" text null, primary key ("id"))',
    );
    this.addSql(
      'alter table "schedule_run" add constraint "schedule_run_schedule_id_due_at_unique" unique ("schedule_id", "due_at")',
    );
    this.addSql(
      'alter table "schedule_run" add constraint "schedule_run_schedule_id_foreign" foreign key ("schedule_id") references "schedule" ("id") on delete cascade',
    );
    this.addSql(
      'alter table "schedule_run" add constraint "schedule_run_job_id_foreign" foreign key ("job_id") references "job" ("id") on delete set null',
    );
  }
}
