import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { call } from '../test/dvc-program.ts';
import { TOY_STAGES_MODULE, toyPipeline } from '../test/toy-pipeline.ts';
import { endOf, sendToys } from '../test/toy-versions.ts';
import { writeOwedRevisions } from '../test/write-owed-revisions.ts';
import { md5 } from './md5.ts';
import type { RevisionPlan } from './revision-plan.ts';
import { repositoryFolder } from './revision-writer.ts';
import { writeRevision } from './write-revision.ts';
import { WriterProcess } from './writer-process.ts';

const HOOK = new URL('../test/kill-at-write.ts', import.meta.url).href;

/** All of them, some 260 and 170 of the two series, would take minutes: `KINDRED_TEST_EVERY=1` asks for them. */
const STEP = Number(process.env.KINDRED_TEST_EVERY ?? 17);

/** The process that writes is killed at one change of a file after the other; half of a file may be what it leaves. */
describe('after kill -9 of the writer', () => {
  let test: TestApp;
  let folder: string;
  /** Always the same place: the settings that are committed name it. */
  let root: string;
  const plans: RevisionPlan[] = [];
  const commits: string[] = [];
  /** The repository after each of the plans, undisturbed. */
  const undisturbed: Record<string, string>[] = [];

  const objects = () => ({ dataDir: test.config.dataDir });
  const write = (plan: RevisionPlan) =>
    writeRevision({ root, objects: test.app.objects, s3: undefined }, plan, undefined);
  const git = (...args: string[]) => call(root, 'git', args);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kindred-dvc-'));
    test = await createTestApp({ pipelines: [toyPipeline], stagesModule: TOY_STAGES_MODULE });
    root = repositoryFolder(test.config.dataDir);
    await test.app.start();
    for (const [version, numbers] of [
      ['v1', [1, 2]],
      ['v2', [2, 3, 4]],
    ] as const) {
      const job = await sendToys(test.app, version, numbers);
      expect(await endOf(test.app, job.id)).toMatchObject({ status: 'completed' });
      const [{ plan, commit }] = await writeOwedRevisions(test.app);
      plans.push(plan);
      expect((await git('fsck', '--strict')).trim()).toBe('');
      commits.push(commit);
      undisturbed.push(await contents(root));
      await cp(root, join(folder, version), { recursive: true });
    }
  });
  afterAll(async () => {
    await test?.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => vi.unstubAllEnvs());

  /** @returns whether the writer was killed before it could answer. */
  async function killedAt(change: number, plan: RevisionPlan): Promise<boolean> {
    vi.stubEnv('NODE_OPTIONS', `--import=${HOOK}`);
    vi.stubEnv('KINDRED_TEST_KILL_AT', String(change));
    const writer = new WriterProcess();
    try {
      await writer.write({ root, objects: objects(), plan }, new AbortController().signal);
      return false;
    } catch (error) {
      expect(error).toMatchObject({ code: 'COMPUTE_DIED' });
      return true;
    } finally {
      writer.kill();
    }
  }

  it.each([0, 1])(
    'at any change of a file the next one makes the very repository that nobody disturbed (revision %i)',
    async (at) => {
      let killed = true;
      let change = 1 + at;
      for (; killed; change += STEP) {
        await rm(root, { recursive: true, force: true });
        if (at > 0) await cp(join(folder, 'v1'), root, { recursive: true });
        killed = await killedAt(change, plans[at]);
        expect([change, (await write(plans[at])).commit]).toEqual([change, commits[at]]);
        expect([change, await contents(root)]).toEqual([change, undisturbed[at]]);
        expect(await git('status', '--porcelain')).toBe('');
      }
      expect(change).toBeGreaterThan(50);
    },
    300_000,
  );
});

/** Every file outside of git by its md5, and what git has. */
async function contents(root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(root.length + 1);
    // The index has times of files.
    if (!entry.isFile() || path === '.git/index') continue;
    found[path] = md5(await readFile(join(root, path)));
  }
  return found;
}
