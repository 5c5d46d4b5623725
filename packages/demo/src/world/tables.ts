import type { ClientTable } from './client-tables.ts';
import { customerSince, financialAccount, people, receipts, segments, transaction } from './client-tables.ts';
import { merchantRows, offerActivation, offerReward, offerRows, offerSeens, rewardRows } from './offer-tables.ts';
import type { Moment, World } from './world.ts';
import { lives } from './world.ts';

type Rows = (world: World, moment: Moment) => Iterable<string>;
/** A table is written client by client, or from the catalog; `rows` beside clients come first. */
type TableSource =
  | { readonly kind: 'clients'; readonly write: ClientTable; readonly rows?: Rows }
  | { readonly kind: 'catalog'; readonly rows: Rows };

/** The ten tables of a version: THE LIST. */
export const TABLES = {
  people: { kind: 'clients', write: people },
  segments: { kind: 'clients', write: segments },
  transaction: { kind: 'clients', write: transaction },
  offer: { kind: 'catalog', rows: offerRows },
  merchant: { kind: 'catalog', rows: merchantRows },
  financial_account: { kind: 'clients', write: financialAccount },
  offer_seens: { kind: 'clients', write: offerSeens },
  offer_activation: { kind: 'clients', write: offerActivation },
  offer_reward: { kind: 'clients', write: offerReward, rows: rewardRows },
  receipts: { kind: 'clients', write: receipts },
} as const satisfies Record<string, TableSource>;

export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

/** A batch of rows of one table, each a JSON text of one record. */
export interface RowBatch {
  readonly table: TableName;
  readonly rows: readonly string[];
}

/**
 * Streams several tables of a moment in one pass over the clients (a life is simulated once for all of them), in batches
 * of `size` rows. The rows of a table do not depend on which other tables are asked for.
 */
export function* rowBatches(
  world: World,
  moment: Moment,
  names: readonly TableName[],
  size: number,
): Generator<RowBatch> {
  const held = new Map<TableName, string[]>();
  for (const name of names) {
    const source: TableSource = TABLES[name];
    let rows: string[] = [];
    for (const row of source.rows?.(world, moment) ?? []) {
      rows.push(row);
      if (rows.length === size) {
        yield { table: name, rows };
        rows = [];
      }
    }
    if (source.kind === 'clients') held.set(name, rows);
    else if (rows.length > 0) yield { table: name, rows };
  }
  if (held.size === 0) return;
  for (const life of lives(world, moment)) {
    if (!customerSince(life.client, moment)) continue;
    for (const [name, rows] of held) {
      const source = TABLES[name];
      if (source.kind === 'clients') source.write(world, moment, life, (row) => rows.push(row));
      while (rows.length >= size) yield { table: name, rows: rows.splice(0, size) };
    }
  }
  for (const [name, rows] of held) if (rows.length > 0) yield { table: name, rows };
}
