import { Migration } from '@mikro-orm/migrations';

/** Jobs that are run stage by stage. */
export class PausedJobs20261129 extends Migration {
  override up(): void {
    this.addSql('alter table "job" add "pause_after" text null');
    this.addSql('alter table "job" drop constraint "job_status_check"');
    this.addSql(
      `alter table "job" add constraint "job_status_check" check ("status" in ('pending', 'running', 'paused', 'completed', 'failed', 'cancelled'))`,
    );
  }
}
