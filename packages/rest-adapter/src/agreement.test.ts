import { createHash } from 'node:crypto';
import { commitVersion, ensureDataset } from '@kindred/api/datasets/dataset.operations.ts';
import { DatasetVersion } from '@kindred/api/datasets/dataset-version.entity.ts';
import { DvcRevision } from '@kindred/api/dvc/dvc-revision.entity.ts';
import { repositoryFolder } from '@kindred/api/dvc/revision-writer.ts';
import { versionOf } from '@kindred/api/dvc/tag-name.ts';
import { ExperimentRun } from '@kindred/api/experiments/experiment-run.entity.ts';
import { Job } from '@kindred/api/jobs/job.entity.ts';
import { rerunJob } from '@kindred/api/jobs/job.operations.ts';
import { LOOKALIKE } from '@kindred/api/lookalike/receive/version-ledger.ts';
import { MlflowOutbox } from '@kindred/api/mlflow/mlflow-outbox.entity.ts';
import { runTags } from '@kindred/api/mlflow/run-tags.ts';
import { rollbackModel } from '@kindred/api/models/model.operations.ts';
import { ModelVersion } from '@kindred/api/models/model-version.entity.ts';
import { hashBytes } from '@kindred/api/objects/object-store.ts';
import { call } from '@kindred/api/test/dvc-program.ts';
import { SERIES_STAGES_MODULE, seriesPipeline } from '@kindred/api/test/series-pipeline.ts';
import type { SeriesPlan } from '@kindred/api/test/series-stages.ts';
import { toyPipeline } from '@kindred/api/test/toy-pipeline.ts';
import { endOf } from '@kindred/api/test/toy-versions.ts';
import { writeOwedRevisions } from '@kindred/api/test/write-owed-revisions.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startTestServer, type TestServer } from './test/start-test-server.ts';

const STEPS = 10;

/** Numbers from 0 to below `n`, the same for the same seed. */
function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');

interface Lock {
  readonly stages: Record<string, { deps: { path: string; md5: string }[]; outs: { path: string; md5: string }[] }>;
}

/** Whatever became of the versions: those who tell of a training's data all tell the same. */
describe('data_version, trained_on, dvc.lock and experiments agree', () => {
  let server: TestServer;
  afterEach(() => server?.dispose());

  const plans: readonly SeriesPlan[] = [
    { valid: true, train: true, publish: true, fail: false },
    { valid: true, train: true, publish: true, fail: false },
    { valid: true, train: true, publish: false, fail: false },
    { valid: true, train: false, publish: false, fail: false },
    { valid: true, train: true, publish: true, fail: true },
    { valid: false, train: true, publish: true, fail: false },
  ];

  async function send(name: string, plan: SeriesPlan): Promise<Job> {
    const { app } = server;
    const bytes = Buffer.from(JSON.stringify(plan));
    const key = `batches/${hashBytes(name)}/plan/1.json`;
    await app.objects.put(key, bytes, { ifAbsent: true });
    const batch = { batch_id: 1, key, hash: hashBytes(bytes), bytes: bytes.length };
    const manifest = { version: name, tables: { plan: { total_batches: 1, batches: [batch] } } };
    return endOf(app, (await commitVersion(app, 'series', name, manifest)).job.id);
  }

  /** A step of the series; what it did is remembered for the message of a failure. */
  async function step(
    roll: (n: number) => number,
    sent: { name: string; plan: SeriesPlan; job: Job }[],
  ): Promise<string> {
    const { app } = server;
    const earlier = sent[roll(sent.length)];
    const what = earlier ? roll(10) : 0;
    if (earlier && what === 9) {
      return rollbackModel(app, LOOKALIKE, 'a step of the series').then(
        ({ modelVersion }) => `back to ${modelVersion.version}`,
        (error: unknown) => {
          expect(error).toMatchObject({ code: expect.stringMatching(/NOT_FOUND|INVALID_STATE/) });
          return 'nothing to go back to';
        },
      );
    }
    if (earlier && what === 8) {
      await send(earlier.name, earlier.plan);
      return `${earlier.name} sent again`;
    }
    if (earlier && what === 7) {
      const changes = roll(2) === 0 ? {} : { seed: 100 + roll(100) };
      await endOf(app, (await rerunJob(app, earlier.job.id, changes)).id);
      return `${earlier.name} run again with ${JSON.stringify(changes)}`;
    }
    const plan = plans[roll(plans.length)];
    const name = `v${sent.length + 1} ${['a', 'б', '..', '~'][roll(4)]}`;
    sent.push({ name, plan, job: await send(name, plan) });
    return `${name} ${JSON.stringify(plan)}`;
  }

  it.each([1, 2, 3])(
    'after series %i',
    async (seed) => {
      const waiting = { ...toyPipeline, name: LOOKALIKE };
      server = await startTestServer({}, { pipelines: [seriesPipeline, waiting], stagesModule: SERIES_STAGES_MODULE });
      const { app } = server;
      await app.start();
      await ensureDataset(app, 'series', 'series');
      const roll = dice(seed);
      const sent: { name: string; plan: SeriesPlan; job: Job }[] = [];
      const story: string[] = [];
      for (let at = 0; at < STEPS; at++) story.push(await step(roll, sent));

      const em = app.database.fork();
      const jobs = await em.find(
        Job,
        { status: 'completed', datasetVersion: { status: 'processed' } },
        { orderBy: { finishedAt: 'asc', id: 'asc' } },
      );
      await writeOwedRevisions(app);
      const revisions = await em.find(DvcRevision, { commit: { $ne: null } }, { orderBy: { id: 'asc' } });
      // One for each job that processed a version, in order; none for versions that were refused or failed.
      expect(revisions.map(({ job }) => job.id)).toEqual(jobs.map(({ id }) => id));

      const repository = repositoryFolder(app.config.dataDir);
      const show = (what: string) => call(repository, 'git', ['show', what]);
      const rest = (await (await fetch(`${server.url}/experiments`)).json()) as {
        experiments: { data_version: string; model_version: string; dvc_hash?: string; dvc_revision?: string }[];
      };
      const query = `{ experimentRuns(first: 100, order: OLDEST_FIRST) { nodes { runId modelVersion datasetVersion { name } dvcRevision { tag commit dvcHash } } }
      modelVersions(first: 100) { nodes { version trainedOn { name } } } }`;
      const answer = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      const { data, errors } = (await answer.json()) as {
        errors?: unknown;
        data: {
          experimentRuns: {
            nodes: {
              modelVersion: string | null;
              datasetVersion: { name: string };
              dvcRevision: { tag: string; commit: string; dvcHash: string } | null;
            }[];
          };
          modelVersions: { nodes: { version: string; trainedOn: { name: string } }[] };
        };
      };
      expect(errors).toBeUndefined();
      const runs = await em.find(ExperimentRun, {}, { orderBy: { id: 'asc' }, populate: ['datasetVersion'] });
      expect([rest.experiments.length, data.experimentRuns.nodes.length]).toEqual([runs.length, runs.length]);
      const models = await em.find(ModelVersion, {}, { populate: ['trainedOn'] });

      for (const [at, run] of runs.entries()) {
        const [told, asked] = [rest.experiments[at], data.experimentRuns.nodes[at]];
        const version = run.datasetVersion.$;
        const revision = revisions.find(({ job }) => job.id === run.job.id);
        if (!revision) throw new Error(`the training of ${version.name} is no revision:\n${story.join('\n')}`);
        const { tag, commit, dvcHash } = revision;
        const message = await call(repository, 'git', ['log', '-1', '--format=%B', tag]);
        const lock = parse(await show(`${tag}:dvc.lock`)) as Lock;
        const params = parse(await show(`${tag}:params.yaml`)) as { version: string };
        const manifest = lock.stages.check.deps.find(({ path }) => path === 'data/manifest.json')?.md5;
        const tags = await runTags(run, version, app.objects);

        // Which version it was.
        for (const name of [
          told.data_version,
          asked.datasetVersion.name,
          params.version,
          versionOf(tag),
          tags.data_version,
        ])
          expect(name).toBe(version.name);
        // What it was made of.
        for (const hash of [told.dvc_hash, asked.dvcRevision?.dvcHash, manifest, tags.dvc_hash])
          expect(hash).toBe(dvcHash);
        expect([told.dvc_revision, asked.dvcRevision?.commit, asked.dvcRevision?.tag]).toEqual([commit, commit, tag]);
        expect((await call(repository, 'git', ['rev-parse', tag])).trim()).toBe(commit);
        expect(message).toContain(`Kindred-Run: ${run.id}`);
        expect(await em.count(MlflowOutbox, { kind: 'data_revision', subject: run.id })).toBe(1);
        // What came of it.
        const model = models.find((candidate) => candidate.run.id === run.id);
        expect([told.model_version, asked.modelVersion ?? 'none']).toEqual(Array(2).fill(model?.version ?? 'none'));
        expect(message).toContain(`Kindred-Model: ${model?.version ?? 'none'}`);
        if (!model) continue;
        expect(model.trainedOn.$.name).toBe(version.name);
        expect(data.modelVersions.nodes.find((node) => node.version === model.version)?.trainedOn.name).toBe(
          version.name,
        );
        const bytes = await app.objects.get(model.artifactKey);
        expect(lock.stages.train.outs.find(({ path }) => path === 'run/model.bin')?.md5).toBe(md5(bytes));
      }

      // And every other revision says of itself what its version is.
      for (const { tag, dvcHash, datasetVersion } of revisions) {
        const version = await em.findOneOrFail(DatasetVersion, datasetVersion.id);
        expect(versionOf(tag)).toBe(version.name);
        const hash = version.manifestHash ?? '';
        expect(md5(await app.objects.get(`sha256/${hash.slice(0, 2)}/${hash.slice(2)}`))).toBe(dvcHash);
        const { stages } = parse(await show(`${tag}:dvc.lock`)) as Lock;
        expect('train' in stages).toBe(sent.find(({ name }) => name === version.name)?.plan.train);
      }
    },
    120_000,
  );
});
