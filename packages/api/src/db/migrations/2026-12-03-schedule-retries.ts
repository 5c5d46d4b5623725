import { Migration } from '@mikro-orm/migrations';

/** A schedule that fails is tried again; any number of runs by hand fit into a moment. */
export class ScheduleRetries20261203 extends Migration {
  override up(): void {
    this.addSql('alter table "schedule" add "error" text null');
    this.addSql('alter table "schedule" add "retry_at" timestamptz(3) null');
    this.addSql('alter table "schedule_run" drop constraint "schedule_run_schedule_id_due_at_unique"');
    this.addSql(
      'create unique index "schedule_run_due_unique" on "schedule_run" ("schedule_id", "due_at") where not manual',
    );
  }
}
