import { ModelPromotion } from '../models/model-promotion.entity.ts';
import { type Delivery, knownRun } from './delivery.ts';
import { MlflowRefusal } from './mlflow-client.ts';
import { findModelVersion, setAlias } from './registry.ts';

/** A promotion, by a job or by a person, moves the same alias there. */
export const deliverAlias: Delivery = async ({ em, client, signal }, subject) => {
  const promotion = await em.findOneOrFail(ModelPromotion, { id: subject }, { populate: ['modelVersion'] });
  const { runId } = await knownRun(em, promotion.modelVersion.$.run.id);
  const name = promotion.model.unwrap().name;
  const version = await findModelVersion(client, { model: name, runId }, signal);
  if (version === undefined) throw new MlflowRefusal('VERSION_UNKNOWN', `MLflow has no version of run ${runId}`);
  await setAlias(client, { name, alias: promotion.alias, version }, signal);
};
