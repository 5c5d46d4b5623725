import { Migration } from '@mikro-orm/migrations';

/** Jobs that are run stage by stage, and parameters that somebody saved. */
export class PausedJobs20261129 extends Migration {
  override up(): void {
    this.addSql('alter table "job" add "pause_after" text null');
    this.addSql('alter table "job" add "deleted_at" timestamptz(3) null');
    this.addSql('alter table "job" drop constraint "job_status_check"');
    this.addSql(
      `alter table "job" add constraint "job_status_check" check ("status" in ('pending', 'running', 'paused', 'completed', 'failed', 'cancelled'))`,
    );
    this.addSql(
      'create table "preset" ("id" uuid not null, "pipeline" text not null, "name" text not null, "description" text not null default \'\', "params" jsonb not null, "updated_at" timestamptz(3) not null, primary key ("id"))',
    );
    this.addSql('alter table "preset" add constraint "preset_pipeline_name_unique" unique ("pipeline", "name")');
  }
}
