import { LockMode } from '@mikro-orm/core';
import type { Core } from '../core.ts';
import { isId } from '../db/ids.ts';
import type { Em } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import { type DomainEvent, event } from '../events/events.ts';
import { lockGroup } from '../jobs/lease.ts';
import { recordLineage } from '../lineage/lineage.operations.ts';
import { owe } from '../mlflow/outbox.ts';
import { Deployment } from './deployment.entity.ts';
import { ModelAlias } from './model-alias.entity.ts';
import { ModelPromotion } from './model-promotion.entity.ts';
import { ModelVersion } from './model-version.entity.ts';

/** The alias of the version that serves. */
export const CHAMPION = 'champion';

export interface Promotion {
  readonly promotion: ModelPromotion;
  readonly modelVersion: ModelVersion;
  /** What serves from now on; undefined where nothing of the model's data set served before. */
  readonly deployment: Deployment | undefined;
}

/** What serves: the newest deployment of a data set; undefined before the first version was processed. */
export async function currentDeployment(em: Em, dataset: string): Promise<Deployment | undefined> {
  const found = await em.findOne(
    Deployment,
    { datasetVersion: { dataset: { name: dataset } } },
    { orderBy: { id: 'desc' }, populate: ['datasetVersion', 'modelVersion.trainedOn'] },
  );
  return found ?? undefined;
}

/**
 * Makes a model version the champion, by a person's decision: it serves from now on, over the data that serve already.
 *
 * @throws DomainError NOT_FOUND; INVALID_INPUT without a reason; INVALID_STATE when it is the champion already.
 */
export async function promoteModel(core: Core, modelVersionId: string, reason: string): Promise<Promotion> {
  return change(core, reason, async (tx) => {
    const version = isId(modelVersionId) ? await tx.findOne(ModelVersion, { id: modelVersionId }) : null;
    if (!version)
      throw new DomainError('NOT_FOUND', `There is no model version ${modelVersionId}`, {
        details: { id: modelVersionId },
      });
    return version;
  });
}

/**
 * Goes back to the version that was champion before the present one.
 *
 * @throws DomainError NOT_FOUND; INVALID_INPUT without a reason; INVALID_STATE when there is none to go back to.
 */
export async function rollbackModel(core: Core, model: string, reason: string): Promise<Promotion> {
  return change(core, reason, async (tx) => {
    const alias = await tx.findOne(ModelAlias, { model, alias: CHAMPION }, { populate: ['modelVersion'] });
    if (!alias) throw new DomainError('NOT_FOUND', `The model ${model} has no champion`, { details: { model } });
    const champion = alias.modelVersion.$;
    // Only ever backwards: a second rollback goes further back, not to where the first one came from.
    const arrived = await tx.findOne(
      ModelPromotion,
      { model, alias: CHAMPION, modelVersion: champion.id, previous: { ordinal: { $lt: champion.ordinal } } },
      { orderBy: { id: 'desc' }, populate: ['previous'] },
    );
    if (!arrived?.previous) {
      throw new DomainError('INVALID_STATE', `There is no version of ${model} to go back to`, { details: { model } });
    }
    return arrived.previous.$;
  });
}

async function change(core: Core, reason: string, choose: (tx: Em) => Promise<ModelVersion>): Promise<Promotion> {
  if (reason.trim() === '')
    throw new DomainError('INVALID_INPUT', 'A change of what serves needs a reason', { details: { field: 'reason' } });
  const { done, events } = await core.database.fork().transactional(async (tx) => {
    const chosen = await choose(tx);
    const model = chosen.model.unwrap().name;
    await lockGroup(tx, `model:${model}`);
    const alias = await tx.findOne(ModelAlias, { model, alias: CHAMPION }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (alias?.modelVersion.id === chosen.id) {
      throw new DomainError('INVALID_STATE', `Version ${chosen.version} of ${model} is the champion already`, {
        details: { version: chosen.version },
      });
    }
    const done = { ...(await moveAlias(tx, alias, chosen, reason)), deployment: await redeploy(tx, chosen) };
    await owe(tx, [{ kind: 'alias', subject: done.promotion.id }]);
    return { done, events: eventsOf(done) };
  });
  for (const published of events) core.events.publish(published);
  return done;
}

async function moveAlias(tx: Em, alias: ModelAlias | null, chosen: ModelVersion, reason: string) {
  const previous = alias ? await tx.findOneOrFail(ModelVersion, alias.modelVersion.id) : null;
  const model = chosen.model.unwrap();
  if (alias) Object.assign(alias, { modelVersion: chosen, updatedAt: new Date() });
  else tx.create(ModelAlias, { model, alias: CHAMPION, modelVersion: chosen });
  const promotion = tx.create(ModelPromotion, { model, alias: CHAMPION, previous, modelVersion: chosen, reason });
  await tx.flush();
  return { promotion, modelVersion: chosen };
}

/** The data that serve now, with another model. */
async function redeploy(tx: Em, chosen: ModelVersion): Promise<Deployment | undefined> {
  const trainedOn = await chosen.trainedOn.loadOrFail({ populate: ['dataset'] });
  const current = await currentDeployment(tx, trainedOn.dataset.$.name);
  if (!current) return undefined;
  const deployment = tx.create(Deployment, {
    datasetVersion: current.datasetVersion,
    modelVersion: chosen,
    worldKey: current.worldKey,
    modelKey: chosen.artifactKey,
  });
  await tx.flush();
  const to = { kind: 'deployment', id: String(deployment.id) } as const;
  await recordLineage(tx, [
    { from: { kind: 'dataset_version', id: current.datasetVersion.id }, to, relation: 'serves' },
    { from: { kind: 'model_version', id: chosen.id }, to, relation: 'serves' },
  ]);
  return deployment;
}

function eventsOf({ promotion, modelVersion, deployment }: Promotion): DomainEvent[] {
  const promoted = event('modelPromoted', {
    promotionId: promotion.id,
    model: promotion.model.unwrap().name,
    alias: promotion.alias,
    modelVersionId: modelVersion.id,
    version: modelVersion.version,
    previousVersionId: promotion.previous?.id ?? null,
    reason: promotion.reason,
  });
  if (!deployment) return [promoted];
  const { id: deploymentId, datasetVersion } = deployment;
  return [
    promoted,
    event('deploymentChanged', { deploymentId, datasetVersionId: datasetVersion.id, modelVersionId: modelVersion.id }),
  ];
}
