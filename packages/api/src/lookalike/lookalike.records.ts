/** Database effects of the look-alike stages, each in the transaction that marks its stage finished. */
import { z } from 'zod';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import type { Em } from '../db/orm.ts';
import { DriftReport } from '../drift/drift-report.entity.ts';
import { type DomainEvent, event } from '../events/events.ts';
import { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import { recordLineage } from '../lineage/lineage.operations.ts';
import { owe } from '../mlflow/outbox.ts';
import { Deployment } from '../models/deployment.entity.ts';
import { currentDeployment } from '../models/model.operations.ts';
import { ModelAlias } from '../models/model-alias.entity.ts';
import { ModelPromotion } from '../models/model-promotion.entity.ts';
import { ModelVersion } from '../models/model-version.entity.ts';
import { RegisteredModel } from '../models/registered-model.entity.ts';
import type { RecordEffect, StageRecord } from '../pipelines/pipeline.ts';
import type { Json } from '../pipelines/stage.ts';
import { ValidationResult } from '../quality/validation-result.entity.ts';

const MODEL = 'lookalike';

async function versionOf(tx: Em, record: StageRecord): Promise<DatasetVersion> {
  return tx.findOneOrFail(DatasetVersion, record.job.datasetVersion?.id ?? '');
}

function versionEvent(version: DatasetVersion): DomainEvent {
  const { id, name, status } = version;
  return event('versionUpdated', { datasetVersionId: id, datasetId: version.dataset.id, name, status });
}

const ingestSummary = z.looseObject({ row_counts: z.record(z.string(), z.number()).optional() });

export async function recordIngest(tx: Em, record: StageRecord): Promise<RecordEffect> {
  const version = await versionOf(tx, record);
  const { row_counts: rows } = ingestSummary.parse(record.result.summary);
  if (rows) version.rowCounts = rows;
  return { events: [versionEvent(version)] };
}

const validationSummary = z.object({
  valid: z.boolean(),
  checks_total: z.int(),
  checks_passed: z.int(),
  checks_failed: z.int(),
  failed_checks: z.array(
    z.object({
      table: z.string(),
      check: z.string(),
      details: z.string(),
      severity: z.enum(['critical', 'warning']),
    }),
  ),
});

export async function recordValidation(tx: Em, record: StageRecord): Promise<RecordEffect> {
  const version = await versionOf(tx, record);
  const summary = validationSummary.parse(record.result.summary);
  // A rerun of the same job's stage cannot happen; a rerun as a new job has results of its own.
  tx.create(ValidationResult, {
    datasetVersion: version,
    job: record.job,
    valid: summary.valid,
    checksTotal: summary.checks_total,
    checksPassed: summary.checks_passed,
    checksFailed: summary.checks_failed,
    failedChecks: summary.failed_checks,
    result: await record.json('validation.json'),
  });
  if (summary.valid) return { events: [versionEvent(version)] };
  version.status = 'invalid';
  const report = tx.create(DriftReport, {
    datasetVersion: version,
    job: record.job,
    driftDetected: false,
    driftScore: 0,
    actionTaken: 'skipped',
    verdict: { text: 'The version failed validation and was skipped whole; drift was not measured.' },
  });
  await tx.flush();
  return { events: [versionEvent(version), driftEvent(report)] };
}

/** The version enters the catalog: its data serve from now on, with the model that is in service. */
export async function recordCatalog(tx: Em, record: StageRecord): Promise<RecordEffect> {
  const version = await versionOf(tx, record);
  version.status = 'processed';
  version.processedAt = new Date();
  const serving = await currentDeployment(tx, MODEL);
  // An old version that is run again does not push a newer one out of service.
  if ((serving?.datasetVersion.getEntity().ordinal ?? 0) > (version.ordinal ?? 0))
    return { events: [versionEvent(version)] };
  const champion = await championAlias(tx);
  const deployment = await deploy(tx, version, record, champion?.modelVersion.getEntity());
  return { events: [versionEvent(version), deploymentEvent(deployment)] };
}

const driftSummary = z.object({ drift_detected: z.boolean(), drift_score: z.number() });
const driftFile = z.looseObject({ features: z.array(z.record(z.string(), z.json())).default([]) });

export async function recordDrift(tx: Em, record: StageRecord): Promise<RecordEffect> {
  const version = await versionOf(tx, record);
  const summary = driftSummary.parse(record.result.summary);
  const { features, ...verdict } = driftFile.parse(await record.json('drift.json'));
  const champion = await championAlias(tx);
  const report = tx.create(DriftReport, {
    datasetVersion: version,
    reference: champion?.modelVersion.getEntity().trainedOn ?? null,
    job: record.job,
    driftDetected: summary.drift_detected,
    driftScore: summary.drift_score,
    actionTaken: 'none',
    features: features as { [key: string]: Json }[],
    verdict: verdict as { [key: string]: Json },
  });
  await tx.flush();
  return { events: [driftEvent(report)] };
}

const trainSummary = z.object({
  metrics: z.record(z.string(), z.number()),
  features: z.int(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
const publishSummary = z.object({ published: z.boolean(), reason: z.string() });

/** One training is one experiment. A published one is also a model version, the champion, and what serves. */
export async function recordPublish(tx: Em, record: StageRecord): Promise<RecordEffect> {
  // The same training found again is not a training: it makes no experiment and no model version.
  if (record.stageRun.status === 'reused') return {};
  const version = await versionOf(tx, record);
  const trained = trainSummary.parse(record.summary('train'));
  const { published, reason } = publishSummary.parse(record.result.summary);
  const [{ ordinal }] = await tx.execute<[{ ordinal: number }]>(
    'select coalesce(max(ordinal), 0) + 1 as ordinal from model_version where model_name = ?',
    [MODEL],
  );
  const label = `${ordinal}.0`;
  const run = tx.create(ExperimentRun, {
    experiment: MODEL,
    job: record.job,
    datasetVersion: version,
    modelVersion: published ? label : null,
    params: Object.fromEntries(Object.entries(trained.params).map(([key, value]) => [key, String(value)])),
    metrics: trained.metrics,
    tags: {
      decision: reason,
      data_version: version.name,
      ...(record.commit === undefined ? {} : { git_commit: record.commit }),
    },
    startedAt: record.job.startedAt ?? new Date(),
    endedAt: new Date(),
  });
  await tx.flush();
  const training = [
    { kind: 'run', subject: run.id },
    { kind: 'model_version', subject: run.id },
  ] as const;
  if (!published) {
    await owe(tx, training);
    return {};
  }
  const model =
    (await tx.findOne(RegisteredModel, { name: MODEL })) ??
    tx.create(RegisteredModel, {
      name: MODEL,
      description: 'Ranks clients by how likely they become new customers of an offer’s brand.',
    });
  const artifact = record.artifact('model.bin');
  const modelVersion = tx.create(ModelVersion, {
    model,
    ordinal,
    version: label,
    trainedOn: version,
    run,
    artifactKey: artifact.key,
    artifactHash: artifact.hash,
    featuresCount: trained.features,
    trainMetrics: trained.metrics,
  });
  await tx.flush();
  const alias = await championAlias(tx);
  const previous = alias?.modelVersion.getEntity();
  if (alias) alias.modelVersion = tx.getReference(ModelVersion, modelVersion.id, { wrapped: true });
  else tx.create(ModelAlias, { model, alias: 'champion', modelVersion });
  const promotion = tx.create(ModelPromotion, {
    model,
    alias: 'champion',
    previous: previous ?? null,
    modelVersion,
    reason,
    job: record.job,
  });
  const report = await tx.findOneOrFail(DriftReport, { job: record.job.id });
  report.actionTaken = 'retrained';
  const deployment = await deploy(tx, version, record, modelVersion);
  await recordLineage(tx, [
    {
      from: { kind: 'artifact', id: artifact.hash },
      to: { kind: 'model_version', id: modelVersion.id },
      relation: 'produced',
    },
    {
      from: { kind: 'dataset_version', id: version.id },
      to: { kind: 'model_version', id: modelVersion.id },
      relation: 'input',
    },
    {
      from: { kind: 'model_version', id: modelVersion.id },
      to: { kind: 'experiment_run', id: run.id },
      relation: 'produced',
    },
  ]);
  await owe(tx, [...training, { kind: 'alias', subject: promotion.id }]);
  return {
    events: [
      driftEvent(report),
      event('modelPromoted', {
        promotionId: promotion.id,
        model: MODEL,
        alias: 'champion',
        modelVersionId: modelVersion.id,
        version: label,
        previousVersionId: previous?.id ?? null,
        reason,
      }),
      deploymentEvent(deployment),
    ],
  };
}

async function championAlias(tx: Em): Promise<ModelAlias | null> {
  return tx.findOne(ModelAlias, { model: MODEL, alias: 'champion' }, { populate: ['modelVersion'] });
}

async function deploy(
  tx: Em,
  version: DatasetVersion,
  record: StageRecord,
  model: ModelVersion | undefined,
): Promise<Deployment> {
  const deployment = tx.create(Deployment, {
    datasetVersion: version,
    modelVersion: model ?? null,
    worldKey: record.artifact('world.bin').key,
    modelKey: model?.artifactKey ?? null,
  });
  await tx.flush();
  const id = String(deployment.id);
  await recordLineage(tx, [
    { from: { kind: 'dataset_version', id: version.id }, to: { kind: 'deployment', id }, relation: 'serves' },
    ...(model
      ? [{ from: { kind: 'model_version', id: model.id }, to: { kind: 'deployment', id }, relation: 'serves' } as const]
      : []),
  ]);
  return deployment;
}

function driftEvent(report: DriftReport): DomainEvent {
  return event('driftReported', {
    driftReportId: report.id,
    datasetVersionId: report.datasetVersion.id,
    driftDetected: report.driftDetected,
    driftScore: report.driftScore,
    actionTaken: report.actionTaken,
  });
}

function deploymentEvent(deployment: Deployment): DomainEvent {
  return event('deploymentChanged', {
    deploymentId: deployment.id,
    datasetVersionId: deployment.datasetVersion.id,
    modelVersionId: deployment.modelVersion?.id ?? null,
  });
}
