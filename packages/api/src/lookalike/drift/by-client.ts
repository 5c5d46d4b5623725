/** First purchases of each client, in the order of time. */
import type { Snapshot } from './snapshot.ts';

export interface FirstPurchases {
  /** Entries of client u are offsets[u] .. offsets[u + 1] - 1, oldest first. */
  readonly offsets: Int32Array;
  readonly brand: Int32Array;
  readonly age: Int32Array;
  /** Row of the transaction that the entry is: the client's first of the brand. */
  readonly row: Int32Array;
}

/** One entry per client and brand: when the brand was first bought, as far as the snapshot goes back. */
export function firstPurchases(snapshot: Snapshot): FirstPurchases {
  const { client, brand, age } = snapshot.transactions;
  const starts = new Int32Array(snapshot.clients + 1);
  for (const u of client) starts[u + 1]++;
  for (let u = 0; u < snapshot.clients; u++) starts[u + 1] += starts[u];
  const cursor = starts.slice();
  const order = new Int32Array(client.length);
  for (let i = 0; i < client.length; i++) order[cursor[client[i]]++] = i;

  const offsets = new Int32Array(snapshot.clients + 1);
  const rows = new Int32Array(client.length);
  let found = 0;
  const firstRow = new Int32Array(snapshot.brandIds.length).fill(-1);
  for (let u = 0; u < snapshot.clients; u++) {
    const own: number[] = [];
    for (let at = starts[u]; at < starts[u + 1]; at++) {
      const row = order[at];
      const b = brand[row];
      if (b < 0) continue;
      const first = firstRow[b];
      if (first < 0) own.push(b);
      if (first < 0 || age[row] > age[first]) firstRow[b] = row;
    }
    const from = found;
    for (const b of own) {
      rows[found++] = firstRow[b];
      firstRow[b] = -1;
    }
    rows.subarray(from, found).sort((x, y) => age[y] - age[x] || brand[x] - brand[y]);
    offsets[u + 1] = found;
  }
  const row = rows.slice(0, found);
  return { offsets, brand: row.map((i) => brand[i]), age: row.map((i) => age[i]), row };
}
