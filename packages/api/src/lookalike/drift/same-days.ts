/** A snapshot as it would have been on an earlier day: for comparing the very days that the reference ended with. */
import type { Events, Labelled, Levelled, Snapshot } from './snapshot.ts';

function pick(values: Int32Array, rows: Int32Array): Int32Array {
  return Int32Array.from(rows, (row) => values[row]);
}

function earlierRows(events: Events, days: number): Int32Array {
  const rows: number[] = [];
  for (let i = 0; i < events.age.length; i++) if (events.age[i] >= days) rows.push(i);
  return Int32Array.from(rows);
}

/** Without the last `days` days; what has no calendar stays as it is. */
export function withoutLastDays(snapshot: Snapshot, days: number): Snapshot {
  if (days === 0) return snapshot;
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
  const ofTx = earlierRows(tx, days);
  const ofReceipts = earlierRows(receipts, days);
  return {
    ...snapshot,
    days: snapshot.days - days,
    transactions: {
      ...events(tx, ofTx),
      brand: pick(tx.brand, ofTx),
      online: pick(tx.online, ofTx),
      offered: Uint8Array.from(ofTx, (row) => tx.offered[row]),
      amount: levelled(tx.amount, ofTx),
    },
    receipts: {
      ...events(receipts, ofReceipts),
      category: labelled(receipts.category, ofReceipts),
      cost: levelled(receipts.cost, ofReceipts),
      items: levelled(receipts.items, ofReceipts),
    },
  };
}

const DAY_MS = 86_400_000;

/** Days from one ISO day to a later one; negative if it is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
