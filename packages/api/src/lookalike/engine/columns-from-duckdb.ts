/** Reads a query's result straight into typed arrays, chunk by chunk: no row objects for millions of rows. */
import type { DuckDBConnection, DuckDBVector } from '@duckdb/node-api';

const TARGETS = { f64: Float64Array, i32: Int32Array, u16: Uint16Array, u8: Uint8Array } as const;
type Target = keyof typeof TARGETS;
type Columns<T extends Readonly<Record<string, Target>>> = { [K in keyof T]: InstanceType<(typeof TARGETS)[T[K]]> };

/**
 * Runs `sql`, whose columns must be numeric, without nulls, and in the order of `targets` (cast to INTEGER, SMALLINT,
 * DOUBLE ... in SQL as fits). `rows` is the exact number of rows expected.
 */
export async function readColumns<const T extends Readonly<Record<string, Target>>>(
  connection: DuckDBConnection,
  sql: string,
  rows: number,
  targets: T,
): Promise<Columns<T>> {
  const names = Object.keys(targets);
  const arrays = names.map((name) => new TARGETS[targets[name]](rows));
  const result = await connection.stream(sql);
  let at = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    if (at + chunk.rowCount > rows) throw new Error(`The query returned more than the ${rows} rows announced.`);
    for (let column = 0; column < arrays.length; column++) {
      copyVector(chunk.getColumnVector(column), arrays[column], at, chunk.rowCount);
    }
    at += chunk.rowCount;
  }
  if (at !== rows) throw new Error(`The query returned ${at} rows where ${rows} were announced.`);
  return Object.fromEntries(names.map((name, index) => [name, arrays[index]])) as Columns<T>;
}

/** The vector's own typed array is private in the bindings' types; where it is not one we know, values are read one by one. */
function copyVector(vector: DuckDBVector, target: InstanceType<(typeof TARGETS)[Target]>, at: number, count: number) {
  const items: unknown = Reflect.get(vector, 'items');
  if (
    items instanceof Int32Array ||
    items instanceof Int16Array ||
    items instanceof Uint16Array ||
    items instanceof Uint8Array ||
    items instanceof Int8Array ||
    items instanceof Float64Array
  ) {
    target.set(items.length === count ? items : items.subarray(0, count), at);
    return;
  }
  for (let row = 0; row < count; row++) target[at + row] = Number(vector.getItem(row));
}

/** All rows as objects; only for small results. */
export async function readRows(connection: DuckDBConnection, sql: string): Promise<Record<string, unknown>[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowObjects();
}

export async function readCount(connection: DuckDBConnection, sql: string): Promise<number> {
  const [row] = await readRows(connection, sql);
  return Number(row ? Object.values(row)[0] : 0);
}
