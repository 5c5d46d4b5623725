import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Dataset } from '../datasets/dataset.entity.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import { Job } from '../jobs/job.entity.ts';
import { ModelPromotion } from '../models/model-promotion.entity.ts';
import { ModelVersion } from '../models/model-version.entity.ts';
import { RegisteredModel } from '../models/registered-model.entity.ts';
import { createTestApp, type TestApp } from '../test/create-test-app.ts';
import { freePort } from '../test/free-port.ts';
import { MlflowOutbox } from './mlflow-outbox.entity.ts';
import { MlflowSender } from './mlflow-sender.ts';
import { countOutbox, freeAll, giveBack, markRefused, markSent, owe, renew, takeOldest } from './outbox.ts';

describe('what MLflow is owed', () => {
  let test: TestApp;
  const [one, other] = [randomUUID(), randomUUID()];
  const em = () => test.app.database.fork();
  const take = async (holder: string) => (await takeOldest(em(), holder))?.subject;
  const held = async (holder: string) => {
    const entry = await takeOldest(em(), holder);
    if (!entry) throw new Error('nothing is to be taken');
    return entry;
  };

  beforeAll(async () => {
    test = await createTestApp({ pipelines: [] });
  });
  afterAll(() => test.dispose());
  beforeEach(async () => {
    await em().nativeDelete(MlflowOutbox, {});
    await em().transactional((tx) =>
      owe(
        tx,
        ['a', 'b', 'c'].map((subject) => ({ kind: 'run', subject })),
      ),
    );
  });

  it('is taken in order, by one sender at a time', async () => {
    const first = await held(one);
    expect([first.subject, await take(other), await take(one)]).toEqual(['a', undefined, undefined]);
    await markSent(em(), first, one);
    const second = await held(other);
    expect([second.subject, await take(one)]).toEqual(['b', undefined]);
    await giveBack(em(), second, other, 'down');
    expect(await take(one)).toBe('b');
  });

  it('passes to another sender once a lease has run out, and the first one learns of it', async () => {
    const entry = await held(one);
    expect(await renew(em(), entry, one)).toBe(true);
    await em().nativeUpdate(MlflowOutbox, entry.id, { leasedUntil: new Date(Date.now() - 1) });
    expect(await take(other)).toBe('a');
    expect(await renew(em(), entry, one)).toBe(false);
    await markSent(em(), entry, one);
    expect(await countOutbox(em())).toEqual({ owed: 3, refused: 0 });
    await freeAll(em());
    expect(await take(one)).toBe('a');
  });

  it('is given up after the third refusal and no longer stands in the way', async () => {
    const refusals: boolean[] = [];
    for (let i = 0; i < 3; i++) refusals.push(await markRefused(em(), await held(one), one, 'no'));
    expect(refusals).toEqual([false, false, true]);
    expect(await take(one)).toBe('b');
    expect(await countOutbox(em())).toEqual({ owed: 2, refused: 1 });
  });

  it('stays whole while nobody answers; the log says so once', async () => {
    const lines: { level: number; msg: string }[] = [];
    const logger = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) });
    const { database, objects, events } = test.app;
    const uri = `http://127.0.0.1:${await freePort()}`;
    await em().nativeDelete(MlflowOutbox, {});
    const { run } = await aTraining();
    await em().transactional((tx) => owe(tx, [{ kind: 'run', subject: run.id }]));
    const nobody = { username: undefined, password: undefined, token: undefined };
    const sender = new MlflowSender({ database, objects, events, logger }, { uri, ...nobody });
    sender.start();
    const error = async () => (await em().findOne(MlflowOutbox, { subject: run.id }))?.lastError;
    await expect.poll(error).toMatch(/cannot be reached.*ECONNREFUSED/);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    await sender.stop();
    expect(await countOutbox(em())).toEqual({ owed: 1, refused: 0 });
    expect(lines.map(({ msg }) => msg)).toEqual(['MLflow is not told for now; what it is owed is kept']);
    expect(await take(one)).toBe(run.id);
  });

  it('begins, in a database of before, with every training and promotion so far', async () => {
    const { run, promotion } = await aTraining();
    await em().execute('drop table mlflow_outbox');
    await em().execute('alter table experiment_run drop column mlflow_run_id');
    await em().execute(`delete from mikro_orm_migrations where name like '%mlflow%'`);
    await test.restart();
    const owed = await em().find(MlflowOutbox, {}, { orderBy: { id: 'asc' } });
    expect(owed.filter(({ subject }) => [run.id, promotion.id].includes(subject)).map(({ kind }) => kind)).toEqual([
      'run',
      'model_version',
      'run_end',
      'alias',
    ]);
  });

  let trainings = 0;
  async function aTraining() {
    const fork = em();
    const ordinal = ++trainings;
    const dataset = fork.create(Dataset, { name: `bank ${ordinal}`, kind: 'toy' });
    const datasetVersion = fork.create(DatasetVersion, { dataset, name: 'v1' });
    const job = fork.create(Job, { pipeline: 'toy', datasetVersion });
    const run = fork.create(ExperimentRun, { experiment: 'toy', job, datasetVersion, startedAt: new Date() });
    const model = fork.create(RegisteredModel, { name: `ranker ${ordinal}` });
    const artifact = { artifactKey: 'key', artifactHash: 'hash', featuresCount: 1 };
    const label = { ordinal, version: `${ordinal}.0` };
    const version = fork.create(ModelVersion, { model, ...label, trainedOn: datasetVersion, run, ...artifact });
    await fork.flush();
    const promoted = { model, alias: 'champion', modelVersion: version, reason: 'it is better' };
    const promotion = fork.create(ModelPromotion, promoted);
    await fork.flush();
    return { run, promotion };
  }
});
