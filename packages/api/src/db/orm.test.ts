import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Dataset } from '../datasets/dataset.entity.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { Job } from '../jobs/job.entity.ts';
import { type Database, openDatabase } from './orm.ts';

describe('the embedded database', () => {
  let folder: string;
  let database: Database;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kindred-orm-'));
    database = await openDatabase({ dataDir: folder });
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  it('has exactly the schema that the entities describe', async () => {
    expect(await database.orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('');
  });

  it('refuses a second opener of the same folder', async () => {
    await expect(openDatabase({ dataDir: folder })).rejects.toMatchObject({ code: 'DATABASE_LOCKED' });
  });

  it('keeps rows, JSON and times over a restart', async () => {
    const em = database.fork();
    const dataset = em.create(Dataset, { name: 'restart', kind: 'lookalike' });
    const version = em.create(DatasetVersion, {
      dataset,
      name: '../../etc/passwd',
      tablesReceived: ['people', 'offer'],
    });
    em.create(Job, { pipeline: 'lookalike', datasetVersion: version, params: { nested: { list: [1, null, 'x'] } } });
    await em.flush();
    const createdAt = version.createdAt;
    await database.close();
    database = await openDatabase({ dataDir: folder });

    const found = await database
      .fork()
      .findOneOrFail(Job, { datasetVersion: { name: '../../etc/passwd' } }, { populate: ['datasetVersion.dataset'] });
    expect(found.params).toEqual({ nested: { list: [1, null, 'x'] } });
    expect(found.leaseToken).toBe(0);
    expect(found.datasetVersion?.$.tablesReceived).toEqual(['people', 'offer']);
    expect(found.datasetVersion?.$.createdAt).toEqual(createdAt);
    expect(found.datasetVersion?.$.dataset.$.name).toBe('restart');
  });

  it('refuses two versions of one name in a data set', async () => {
    const em = database.fork();
    const dataset = em.create(Dataset, { name: 'unique', kind: 'lookalike' });
    em.create(DatasetVersion, { dataset, name: 'v1' });
    em.create(DatasetVersion, { dataset, name: 'v1' });
    await expect(em.flush()).rejects.toThrow(/unique/);
  });
});
