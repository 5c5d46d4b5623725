/** The part of a snapshot that windows look at, ending on its last day or on an earlier one. */
import type { Events, Labelled, Levelled, Snapshot } from './snapshot.ts';
import { RECENT_DAYS } from './windows.ts';

function pick(values: Int32Array, rows: Int32Array): Int32Array {
  return rows.map((row) => values[row]);
}

function rowsBetween(events: Events, from: number, to: number): Int32Array {
  const rows: number[] = [];
  for (let i = 0; i < events.age.length; i++) if (events.age[i] >= from && events.age[i] < to) rows.push(i);
  return Int32Array.from(rows);
}

/** A part of a snapshot; `rows` are the places of its transactions in the whole. */
export interface RecentPart {
  readonly snapshot: Snapshot;
  readonly rows: Int32Array;
}

/** The snapshot as it was `days` days before its end, without what is too old for any window. */
export function recentPart(snapshot: Snapshot, days: number): RecentPart {
  const { transactions: tx, receipts } = snapshot;
  const events = (from: Events, rows: Int32Array) => ({
    client: pick(from.client, rows),
    age: pick(from.age, rows).map((age) => age - days),
  });
  const levelled = (data: Levelled, rows: Int32Array): Levelled => ({
    levels: data.levels,
    codes: pick(data.codes, rows),
  });
  const labelled = (data: Labelled, rows: Int32Array): Labelled => ({
    labels: data.labels,
    codes: pick(data.codes, rows),
  });
  const rows = rowsBetween(tx, days, days + RECENT_DAYS);
  const ofReceipts = rowsBetween(receipts, days, days + RECENT_DAYS);
  const part: Snapshot = {
    ...snapshot,
    days: snapshot.days - days,
    natureDays: 0,
    transactions: {
      ...events(tx, rows),
      brand: pick(tx.brand, rows),
      online: pick(tx.online, rows),
      offered: Uint8Array.from(rows, (row) => tx.offered[row]),
      amount: levelled(tx.amount, rows),
    },
    receipts: {
      ...events(receipts, ofReceipts),
      category: labelled(receipts.category, ofReceipts),
      cost: levelled(receipts.cost, ofReceipts),
      items: levelled(receipts.items, ofReceipts),
    },
  };
  return { snapshot: part, rows };
}

const DAY_MS = 86_400_000;

/** Days from one ISO day to a later one; negative if it is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
