import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Dataset } from '../datasets/dataset.entity.ts';
import { keepStatistics } from './keep-statistics.ts';
import { openDatabase } from './orm.ts';

it('the embedded database knows how many rows it has, and again when there are more', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-statistics-'));
  const database = await openDatabase({ dataDir: folder });
  const errors: unknown[] = [];
  const known = async () => {
    const rows = await database
      .fork()
      .execute<{ n: number }[]>(`select reltuples::int as n from pg_class where oid = 'dataset'::regclass`);
    return rows[0]?.n;
  };
  const add = async (name: string) => {
    const em = database.fork();
    em.create(Dataset, { name, kind: 'toy' });
    await em.flush();
  };
  try {
    await add('one');
    expect(await known()).toBe(-1);
    const end = keepStatistics(database, (error) => errors.push(error), { firstMs: 10, everyMs: 50 });
    await expect.poll(known, { timeout: 10_000 }).toBe(1);
    await add('two');
    await expect.poll(known, { timeout: 10_000 }).toBe(2);
    end();
    expect(errors).toEqual([]);
  } finally {
    await database.close();
    await rm(folder, { recursive: true });
  }
});
