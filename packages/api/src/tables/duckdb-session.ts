/** DuckDB for one stage: in memory, capped, spilling into the stage's scratch directory. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';

export interface DuckDbLimits {
  /** Directory for spilled blocks; made if it is not there. */
  readonly scratch: string;
  readonly threads: number;
  /** DuckDB's `memory_limit`, in bytes. */
  readonly memoryBytes: number;
}

export type Row = Readonly<Record<string, DuckDBValue>>;

/** An in-memory database with one connection. Use with `await using`, so that its memory is freed with the stage. */
export class DuckDbSession implements AsyncDisposable {
  readonly connection: DuckDBConnection;
  private readonly instance: DuckDBInstance;
  private readonly owner: boolean;

  /** Another connection to the same database, for statements that run at the same time; close it before the session. */
  async connect(): Promise<DuckDbSession> {
    return new DuckDbSession(this.instance, await this.instance.connect(), false);
  }

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, owner: boolean) {
    this.owner = owner;
    this.instance = instance;
    this.connection = connection;
  }

  static async open(limits: DuckDbLimits): Promise<DuckDbSession> {
    const spill = join(limits.scratch, 'duckdb-spill');
    await mkdir(spill, { recursive: true });
    const instance = await DuckDBInstance.create(':memory:', {
      threads: String(Math.max(1, Math.trunc(limits.threads))),
      memory_limit: `${Math.max(64, Math.trunc(limits.memoryBytes / 2 ** 20))}MiB`,
      temp_directory: spill,
      preserve_insertion_order: 'true',
    });
    return new DuckDbSession(instance, await instance.connect(), true);
  }

  async run(sql: string): Promise<void> {
    await this.connection.run(sql);
  }

  /** All rows as objects of DuckDB values (BIGINT comes as bigint); for small results. */
  async rows(sql: string): Promise<Row[]> {
    const reader = await this.connection.runAndReadAll(sql);
    return reader.getRowObjects();
  }

  /** The only row of an aggregate. */
  async row(sql: string): Promise<Row> {
    const [row] = await this.rows(sql);
    if (!row) throw new Error('The query was to return one row and returned none.');
    return row;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.connection.closeSync();
    if (this.owner) this.instance.closeSync();
  }
}
