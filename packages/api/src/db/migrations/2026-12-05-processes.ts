import { Migration } from '@mikro-orm/migrations';

/** The processes of the service that live. */
export class Processes20261205 extends Migration {
  override up(): void {
    this.addSql(
      'create table "service_process" ("id" uuid not null, "role" text not null, "host" text not null, "pid" int not null, "source_commit" text null, "jobs" jsonb not null, "memory_bytes" double precision not null, "started_at" timestamptz(3) not null, "seen_at" timestamptz(3) not null, primary key ("id"))',
    );
  }
}
