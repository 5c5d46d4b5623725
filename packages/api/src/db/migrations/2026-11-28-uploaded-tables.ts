import { Migration } from '@mikro-orm/migrations';

const SQL = `
alter table "dataset" drop constraint "dataset_name_unique";
create unique index "dataset_name_unique" on "dataset" ("name") where kind <> 'clustering';
alter table "dataset" add "deleted_at" timestamptz(3) null;

create table "uploaded_table" (
  "id" uuid not null,
  "dataset_version_id" uuid not null,
  "file_name" text not null,
  "encoding" text not null,
  "delimiter" text not null,
  "rows" int not null,
  "columns" jsonb not null,
  "preview" jsonb not null,
  "warnings" jsonb not null,
  "object_key" text not null,
  "hash" text not null,
  "bytes" bigint not null,
  "table_key" text not null,
  "table_hash" text not null,
  "table_bytes" bigint not null,
  "created_at" timestamptz(3) not null,
  primary key ("id")
);
alter table "uploaded_table" add constraint "uploaded_table_dataset_version_id_unique" unique ("dataset_version_id");
create index "uploaded_table_object_key_index" on "uploaded_table" ("object_key");
create index "uploaded_table_table_key_index" on "uploaded_table" ("table_key");
alter table "uploaded_table" add constraint "uploaded_table_dataset_version_id_foreign" foreign key ("dataset_version_id") references "dataset_version" ("id");
`;

/** Tables that people upload; their names need not differ. */
export class UploadedTables20261128 extends Migration {
  override up(): void {
    // PGlite takes one statement at a time.
    for (const statement of SQL.split(/;\n/)) if (statement.trim() !== '') this.addSql(statement.trim());
  }
}
