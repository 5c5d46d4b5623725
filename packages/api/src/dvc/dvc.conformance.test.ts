import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import { type OpenServices, openServices } from '../graphql/services.ts';
import { bankWithOffers } from '../lookalike/fixtures/bank-world.ts';
import { sendBank } from '../lookalike/fixtures/send-bank.ts';
import type { Bank } from '../lookalike/fixtures/small-bank.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { call, findDvc } from '../test/dvc-program.ts';
import { findMoto, startS3, type ThrowawayS3 } from '../test/throwaway-s3.ts';
import { DvcRevision } from './dvc-revision.entity.ts';
import { repositoryFolder } from './revision-writer.ts';
import { tagOf } from './tag-name.ts';

const [dvcProgram, motoProgram] = [findDvc(), findMoto()];
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };
/** A name that git does not take as it is. */
const SECOND = 'вторая версия ~1..lock';

/** With the real DVC, git and an S3 server; one story, whose tests go on from one another. */
describe.skipIf(dvcProgram === undefined || motoProgram === undefined)('a real DVC', () => {
  let s3: ThrowawayS3;
  let test: TestApp;
  let services: OpenServices;
  let folder: string;
  let repository: string;
  let clone: string;

  const dvc = (place: string, ...args: string[]) =>
    call(place, dvcProgram ?? '', args, {
      ...CREDENTIALS,
      DVC_NO_ANALYTICS: '1',
      DVC_SITE_CACHE_DIR: join(folder, 'site'),
    });
  const git = (place: string, ...args: string[]) => call(place, 'git', args);
  const revisions = async () =>
    test.app.database.fork().find(DvcRevision, { commit: { $ne: null } }, { orderBy: { id: 'asc' } });
  const written = (count: number) =>
    expect.poll(async () => (await revisions()).length, { timeout: 60_000, interval: 200 }).toBe(count);
  const send = (version: string, bank: Partial<Bank>) => sendBank(services, version, bank);

  beforeAll(async () => {
    if (!motoProgram) return;
    s3 = await startS3(motoProgram);
    folder = await mkdtemp(join(tmpdir(), 'kindred-dvc-'));
    test = await createTestApp(
      {},
      { KINDRED_DVC: 'true', S3_ENDPOINT: s3.url, S3_ACCESS_KEY_ID: 'key', S3_SECRET_ACCESS_KEY: 'secret' },
    );
    services = await openServices(test.app);
    await test.app.start();
    repository = repositoryFolder(test.config.dataDir);
  }, 60_000);
  afterAll(async () => {
    await services?.close();
    await test?.dispose();
    await s3?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  it('gets a revision for each version that was processed', async () => {
    await send('v1', bankWithOffers());
    await send(SECOND, bankWithOffers({ law: { frequency: 1.8, online: 0.3 }, lawFrom: 0 }));
    await send('v3', bankWithOffers({ law: { frequency: 1.8, online: 0.3 }, lawFrom: 0, users: 402 }));
    await written(3);
  }, 120_000);

  it('finds the repository up to date, with a commit and a tag for each version', async () => {
    expect(await dvc(repository, 'status')).toContain('up to date');
    expect(await git(repository, 'status', '--porcelain')).toBe('');
    await git(repository, 'fsck', '--strict');
    expect((await git(repository, 'log', '--format=%D', '--reverse')).trim().split('\n')).toEqual([
      `tag: ${tagOf('v1')}`,
      `tag: ${tagOf(SECOND)}`,
      `HEAD -> main, tag: ${tagOf('v3')}`,
    ]);
  });

  it('has nothing to do on repro', async () => {
    expect(await dvc(repository, 'repro')).toContain('up to date');
    expect(await git(repository, 'status', '--porcelain')).toBe('');
  });

  it('pulls each version into a clone from S3, byte for byte', async () => {
    clone = join(folder, 'clone');
    await git(folder, 'clone', '--quiet', repository, 'clone');
    for (const version of ['v1', SECOND, 'v3']) {
      await git(clone, 'checkout', '--quiet', tagOf(version));
      await dvc(clone, 'pull');
      expect(await dvc(clone, 'status')).toContain('up to date');
    }
    expect(await contents(clone)).toEqual(await contents(repository));
  }, 120_000);

  it.each(['v1', SECOND, 'v3'])(
    'makes the same bytes of %s once more',
    async (version) => {
      await git(clone, 'checkout', '--quiet', tagOf(version));
      await dvc(clone, 'pull');
      const before = await contents(clone);
      await dvc(clone, 'repro', '--force');
      expect(await contents(clone)).toEqual(before);
      expect(await git(clone, 'status', '--porcelain')).toBe('');
      expect(await dvc(clone, 'status')).toContain('up to date');
    },
    120_000,
  );

  it('compares metrics and plots of versions', async () => {
    const diff = JSON.parse(await dvc(clone, 'metrics', 'diff', '--json', tagOf('v1'), tagOf(SECOND)));
    expect(diff['reports/metrics.json']['drift.score'].new).toBeGreaterThan(0);
    const plots = join(folder, 'plots');
    await dvc(clone, 'plots', 'diff', '--out', plots, tagOf('v1'), tagOf(SECOND));
    const html = await readFile(join(plots, 'index.html'), 'utf8');
    for (const title of ['Average precision of the holdout questions', 'History of drift', 'History of the model'])
      expect(html).toContain(title);
    const history = (await readFile(join(clone, 'reports/history.csv'), 'utf8')).trim().split('\n');
    expect(history.map((line) => line.split(',')[0])).toEqual(['revision', tagOf('v1'), tagOf(SECOND), tagOf('v3')]);
  }, 60_000);

  it('agrees with versions and experiments', async () => {
    const em = test.app.database.fork();
    const runs = await em.find(ExperimentRun, {}, { orderBy: { id: 'asc' }, populate: ['datasetVersion'] });
    expect(runs.map((run) => run.datasetVersion.$.name)).toEqual(['v1', SECOND]);
    for (const revision of await revisions()) {
      const lock = parse(
        execFileSync('git', ['show', `${revision.tag}:dvc.lock`], { cwd: repository, encoding: 'utf8' }),
      );
      const manifest = lock.stages.ingest.deps.find((dep: { path: string }) => dep.path === 'data/manifest.json');
      expect(manifest.md5).toBe(revision.dvcHash);
      expect('train' in lock.stages).toBe(runs.some((run) => run.job.id === revision.job.id));
    }
  });
});

/** Every file of the work tree that DVC or git has, by its md5. */
async function contents(root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(root.length + 1);
    if (!entry.isFile() || /^\.git\/|^\.dvc\/|\.scratch/.test(path)) continue;
    found[path] = execFileSync('md5sum', [join(root, path)], { encoding: 'utf8' }).slice(0, 32);
  }
  expect((await stat(root)).isDirectory()).toBe(true);
  return found;
}
