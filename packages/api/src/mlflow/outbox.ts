import type { Em } from '../db/orm.ts';
import { lockGroup } from '../jobs/lease.ts';
import { MlflowOutbox, type OwedKind } from './mlflow-outbox.entity.ts';

/** How long a sender may be silent before another takes the entry that it has in hand. */
export const LEASE_SECONDS = 60;
/** An entry that MLflow has refused so many times is given up: it would be refused for ever, and hold up all others. */
const MOST_REFUSALS = 3;

/** What is noted of something that MLflow is to be told. */
export interface Owed {
  readonly kind: OwedKind;
  readonly subject: string;
}

export interface HeldEntry extends Owed {
  readonly id: number;
}

/**
 * Notes what MLflow is to be told, in the caller's transaction. Call it last there: until the commit no other transaction
 * can note anything, which is what makes the order of the entries the order of the commits.
 */
export async function owe(tx: Em, owed: readonly Owed[]): Promise<void> {
  await lockGroup(tx, 'mlflow-outbox');
  for (const { kind, subject } of owed) {
    tx.create(MlflowOutbox, { kind, subject });
    // One at a time: the serial id is the order.
    await tx.flush();
  }
}

/** Takes the oldest entry that is owed, unless another sender has it: then nothing is to be taken, for order's sake. */
export async function takeOldest(em: Em, holder: string): Promise<HeldEntry | undefined> {
  const [entry] = await em.execute<HeldEntry[]>(
    `update mlflow_outbox set holder = ?, leased_until = now() + make_interval(secs => ?)
     where id = (select min(id) from mlflow_outbox where sent_at is null and refused_at is null)
       and sent_at is null and refused_at is null and (leased_until is null or leased_until < now())
     returning id, kind, subject`,
    [holder, LEASE_SECONDS],
  );
  return entry;
}

/** @returns whether the entry is still this holder's. */
export async function renew(em: Em, { id }: HeldEntry, holder: string): Promise<boolean> {
  const rows = await em.execute<unknown[]>(
    `update mlflow_outbox set leased_until = now() + make_interval(secs => ?) where id = ? and holder = ? returning id`,
    [LEASE_SECONDS, id, holder],
  );
  return rows.length > 0;
}

/** The entry is done, and stays as the record of it. */
export async function markSent(em: Em, { id }: HeldEntry, holder: string): Promise<void> {
  await em.execute(
    `update mlflow_outbox set sent_at = now(), holder = null, leased_until = null, last_error = null
     where id = ? and holder = ?`,
    [id, holder],
  );
}

/** Gives the entry back, to be tried again. */
export async function giveBack(em: Em, { id }: HeldEntry, holder: string, error: string | undefined): Promise<void> {
  await em.execute(
    `update mlflow_outbox set holder = null, leased_until = null, last_error = coalesce(?::text, last_error)
     where id = ? and holder = ?`,
    [error ?? null, id, holder],
  );
}

/** @returns whether the entry was given up. */
export async function markRefused(em: Em, { id }: HeldEntry, holder: string, error: string): Promise<boolean> {
  const [row] = await em.execute<{ given_up: boolean }[]>(
    `update mlflow_outbox set holder = null, leased_until = null, last_error = ?, refusals = refusals + 1,
       refused_at = case when refusals + 1 >= ? then now() end
     where id = ? and holder = ? returning refused_at is not null as given_up`,
    [error, MOST_REFUSALS, id, holder],
  );
  return row?.given_up ?? false;
}

/** The process that had entries in hand is dead, where this one alone owns the database. */
export async function freeAll(em: Em): Promise<void> {
  await em.execute('update mlflow_outbox set holder = null, leased_until = null where holder is not null');
}

/** Entries that are to be sent, and entries that were given up. */
export interface OutboxCounts {
  readonly owed: number;
  readonly refused: number;
}

export async function countOutbox(em: Em): Promise<OutboxCounts> {
  const owed = await em.count(MlflowOutbox, { sentAt: null, refusedAt: null });
  return { owed, refused: await em.count(MlflowOutbox, { refusedAt: { $ne: null } }) };
}
