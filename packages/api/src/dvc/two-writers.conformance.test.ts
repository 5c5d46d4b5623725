import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { removeSuperseded } from '../artifacts/retention.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { call, findDvc } from '../test/dvc-program.ts';
import { findPostgres, startPostgres, type ThrowawayPostgres } from '../test/throwaway-postgres.ts';
import { findMoto, startS3, type ThrowawayS3 } from '../test/throwaway-s3.ts';
import { TOY_STAGES_MODULE, toyPipeline } from '../test/toy-pipeline.ts';
import { sendToys } from '../test/toy-versions.ts';
import { lineOf, startWorkerProcess } from '../test/worker-process.ts';
import { DvcRevision } from './dvc-revision.entity.ts';
import { repositoryFolder } from './revision-writer.ts';
import { sweepCache } from './sweep.ts';

const [postgresPrograms, motoProgram, dvcProgram] = [findPostgres(), findMoto(), findDvc()];
const HOOK = new URL('../test/kill-at-write.ts', import.meta.url).href;
const S3 = { S3_ACCESS_KEY_ID: 'key', S3_SECRET_ACCESS_KEY: 'secret' };

/**
 * Worker processes, each with a disk of its own, on one PostgreSQL and one S3 server; one story, whose tests go on from one
 * another. SKIPPED where PostgreSQL, moto or DVC is missing.
 */
describe.skipIf(!postgresPrograms || !motoProgram || !dvcProgram)('writers of DVC revisions', () => {
  let postgres: ThrowawayPostgres;
  let s3: ThrowawayS3;
  let api: TestApp;
  let folder: string;
  const workers: ChildProcess[] = [];
  const versions: string[] = [];

  beforeAll(async () => {
    if (!postgresPrograms || !motoProgram) return;
    folder = await mkdtemp(join(tmpdir(), 'kindred-writers-'));
    [postgres, s3] = await Promise.all([startPostgres(postgresPrograms), startS3(motoProgram)]);
    vi.stubEnv('TEST_DATABASE_URL', postgres.url);
    api = await createTestApp(
      { pipelines: [toyPipeline], stagesModule: TOY_STAGES_MODULE },
      { ...S3, S3_ENDPOINT: s3.url },
    );
  });
  afterAll(async () => {
    await Promise.all(workers.map(kill));
    await api?.dispose();
    await s3?.stop();
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
    vi.unstubAllEnvs();
  });

  /** @param disk the worker's own, by name. */
  async function work(disk: string, env: Record<string, string> = {}): Promise<ChildProcess> {
    const config = { ...api.config, dataDir: join(folder, disk) };
    const worker = startWorkerProcess(config, { ...S3, S3_ENDPOINT: s3.url, KINDRED_DVC: 'true', ...env });
    workers.push(worker);
    await lineOf(worker, /^started/);
    return worker;
  }
  async function kill(worker: ChildProcess): Promise<void> {
    if (worker.exitCode !== null || worker.signalCode !== null) return;
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  }
  async function send(...numbers: number[][]): Promise<void> {
    for (const batch of numbers) {
      versions.push(`v${versions.length + 1}`);
      await sendToys(api.app, `v${versions.length}`, batch);
    }
  }
  const em = () => api.app.database.fork();
  const revisions = () => em().find(DvcRevision, { commit: { $ne: null } }, { orderBy: { id: 'asc' } });
  const written = (count = versions.length) =>
    expect.poll(async () => (await revisions()).length, { timeout: 120_000, interval: 100 }).toBe(count);
  /** The next worker need not wait until the leases of a dead one have run out. */
  const expireLeases = async () => {
    await em().execute(`update job set lease_expires_at = now() - interval '1 second' where status = 'running'`);
    await em().execute(`update dvc_revision set leased_until = now() - interval '1 second' where holder is not null`);
  };
  const repository = (disk: string) => repositoryFolder(join(folder, disk));
  const git = async (place: string, ...args: string[]) => (await call(place, 'git', args)).trim();
  const dvc = (place: string, ...args: string[]) =>
    call(place, dvcProgram ?? '', args, {
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
      DVC_NO_ANALYTICS: '1',
      DVC_SITE_CACHE_DIR: join(folder, 'site'),
    });

  /** The disk's repository has all revisions, in the order of the rows, whole, and is up to date. */
  async function expectWhole(disk: string): Promise<void> {
    const place = repository(disk);
    const rows = await revisions();
    expect(rows.map(({ tag }) => tag)).toEqual(versions.map((version) => `data/${version}`));
    expect((await git(place, 'log', '--format=%H', '--reverse')).split('\n')).toEqual(rows.map(({ commit }) => commit));
    for (const { tag, commit } of rows) expect(await git(place, 'rev-parse', tag)).toBe(commit);
    await git(place, 'fsck', '--strict');
    expect(await git(place, 'status', '--porcelain')).toBe('');
    expect(await dvc(place, 'status')).toContain('up to date');
  }

  it('go on from one another with nothing on their own disk: all comes from the store', async () => {
    const first = await work('a');
    await send([1], [2, 3]);
    await written();
    await kill(first);
    await expireLeases();
    const second = await work('b');
    await send([4]);
    await written();
    await expectWhole('b');
    await kill(second);
    await expireLeases();
    const third = await work('a');
    await send([5]);
    await written();
    await kill(third);
    await expireLeases();
    await expectWhole('a');
  }, 240_000);

  it('compete, and there is one order, and no revision is lost or there twice', async () => {
    const both = await Promise.all([work('a'), work('b')]);
    await send([1, 6], [7], [8], [9, 10], [11], [12]);
    await written();
    await Promise.all(both.map(kill));
    await expireLeases();
    // Whoever comes new has to find all that both have made.
    const last = await work('c');
    await send([13]);
    await written();
    await kill(last);
    await expireLeases();
    await expectWhole('c');
  }, 240_000);

  it.each([1, 20, 40, 60, 80])(
    'take over from one that was killed with its whole service at change %i of a file',
    async (change) => {
      const doomed = await work('a', {
        NODE_OPTIONS: `--import=${HOOK}`,
        KINDRED_TEST_KILL_AT: String(change),
        KINDRED_TEST_KILL_PARENT: 'true',
      });
      const gone = once(doomed, 'exit');
      await send([100 + change]);
      await gone;
      expect((await revisions()).length).toBe(versions.length - 1);
      await expireLeases();
      const heir = await work('b');
      await written();
      await kill(heir);
      await expireLeases();
      await expectWhole('b');
    },
    240_000,
  );

  it('keep no more on their disks than the newest revision; a clone pulls every version from S3', async () => {
    const clone = join(folder, 'clone');
    await git(folder, 'clone', '--quiet', repository('b'), 'clone');
    for (const version of versions) {
      await git(clone, 'checkout', '--quiet', `data/${version}`);
      await dvc(clone, 'pull');
      expect(await dvc(clone, 'status')).toContain('up to date');
    }
    const [newest] = (await revisions()).slice(-1);
    const cached = (await readdir(join(repository('b'), '.dvc/cache/files/md5'), { recursive: true }))
      .filter((path) => path.includes('/'))
      .map((path) => path.replace('/', ''));
    expect(cached.sort()).toEqual(newest.objects.map(([hash]) => hash).sort());
  }, 240_000);

  it('still have what retention keeps: a clone pulls that, and not what it has removed', async () => {
    const [{ datasetVersion }] = await em().find(DvcRevision, {}, { populate: ['datasetVersion'] });
    await removeSuperseded(api.app, datasetVersion.$.dataset.id, 3);
    const place = { objects: api.app.objects, root: repository('b'), s3: api.config.s3 };
    expect(await sweepCache(api.app.database, place)).toBeGreaterThan(0);
    await git(folder, 'clone', '--quiet', repository('b'), 'kept');
    const kept = join(folder, 'kept');
    for (const version of versions.slice(-3)) {
      await git(kept, 'checkout', '--quiet', `data/${version}`);
      await dvc(kept, 'pull');
      expect(await dvc(kept, 'status')).toContain('up to date');
    }
    await git(kept, 'checkout', '--quiet', 'data/v2');
    await expect(dvc(kept, 'pull')).rejects.toThrow(/failed to pull|missing/i);
  }, 240_000);
});
