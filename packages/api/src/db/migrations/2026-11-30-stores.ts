import { Migration } from '@mikro-orm/migrations';

/** What somebody has said of the columns of a table of stores. */
export class Stores20261130 extends Migration {
  override up(): void {
    this.addSql(
      'create table "column_roles" ("id" uuid not null, "dataset_id" uuid not null, "groups" jsonb not null, "defaults" jsonb null, "updated_at" timestamptz(3) not null, primary key ("id"))',
    );
    this.addSql('alter table "column_roles" add constraint "column_roles_dataset_id_unique" unique ("dataset_id")');
    this.addSql(
      'alter table "column_roles" add constraint "column_roles_dataset_id_foreign" foreign key ("dataset_id") references "dataset" ("id")',
    );
  }
}
