import { Migration } from '@mikro-orm/migrations';

/** Which request made a job, so that a worker's spans belong to it. */
export class Tracing20261126 extends Migration {
  override up(): void {
    this.addSql('alter table "job" add "traceparent" text null;');
  }
}
