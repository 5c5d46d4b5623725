import { Migration } from '@mikro-orm/migrations';

/** Users, their sessions, API keys, and the journal of what was asked for. */
export class Access20261204 extends Migration {
  override up(): void {
    this.addSql(
      'create table "user_account" ("id" uuid not null, "name" text not null, "role" text not null, "active" boolean not null default true, "password_hash" text not null, "must_change_password" boolean not null default false, "created_at" timestamptz(3) not null, "last_seen_at" timestamptz(3) null, primary key ("id"))',
    );
    this.addSql('alter table "user_account" add constraint "user_account_name_unique" unique ("name")');
    this.addSql(
      `alter table "user_account" add constraint "user_account_role_check" check ("role" in ('viewer', 'operator', 'administrator'))`,
    );
    this.addSql(
      'create table "user_session" ("id" uuid not null, "user_id" uuid not null, "token_hash" text not null, "user_agent" text null, "created_at" timestamptz(3) not null, "last_seen_at" timestamptz(3) not null, "ends_at" timestamptz(3) not null, primary key ("id"))',
    );
    this.addSql('alter table "user_session" add constraint "user_session_token_hash_unique" unique ("token_hash")');
    this.addSql('create index "user_session_ends_at_index" on "user_session" ("ends_at")');
    this.addSql('create index "user_session_user_id_index" on "user_session" ("user_id")');
    this.addSql(
      'alter table "user_session" add constraint "user_session_user_id_foreign" foreign key ("user_id") references "user_account" ("id")',
    );
    this.addSql(
      'create table "api_key" ("id" uuid not null, "name" text not null, "role" text not null, "scopes" jsonb not null, "prefix" text not null, "token_hash" text not null, "created_at" timestamptz(3) not null, "created_by" text not null, "expires_at" timestamptz(3) null, "revoked_at" timestamptz(3) null, "last_used_at" timestamptz(3) null, primary key ("id"))',
    );
    this.addSql('alter table "api_key" add constraint "api_key_name_unique" unique ("name")');
    this.addSql(
      `alter table "api_key" add constraint "api_key_role_check" check ("role" in ('viewer', 'operator', 'administrator'))`,
    );
    this.addSql('alter table "api_key" add constraint "api_key_prefix_unique" unique ("prefix")');
    this.addSql(
      'create table "sign_in_attempts" ("key" text not null, "failures" int not null, "last_at" timestamptz(3) not null, "blocked_until" timestamptz(3) null, primary key ("key"))',
    );
    this.addSql('create index "sign_in_attempts_last_at_index" on "sign_in_attempts" ("last_at")');
    this.addSql(
      'create table "audit_entry" ("id" uuid not null, "at" timestamptz(3) not null, "who" text not null, "role" text null, "action" text not null, "target" text null, "arguments" jsonb not null, "outcome" text not null, "request_id" text not null, "address" text null, primary key ("id"))',
    );
    this.addSql('create index "audit_entry_at_index" on "audit_entry" ("at")');
    this.addSql('create index "audit_entry_who_id_index" on "audit_entry" ("who", "id")');
    this.addSql('create index "audit_entry_action_id_index" on "audit_entry" ("action", "id")');
  }
}
