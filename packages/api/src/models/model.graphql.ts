import { DatasetVersionRef } from '../datasets/dataset.graphql.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { ExperimentRun } from '../experiments/experiment-run.entity.ts';
import { ExperimentRunRef } from '../experiments/experiment-run.graphql.ts';
import { builder } from '../graphql/builder.ts';
import { connectionOf, PageOrder } from '../graphql/connection.ts';
import { serialCursor } from '../graphql/cursor.ts';
import { entityById, requiredById, uuidOf } from '../graphql/entities.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../graphql/expected-errors.ts';
import { askTogether } from '../graphql/find-together.ts';
import { NamedNumber, numbers } from '../graphql/key-values.ts';
import { Deployment } from './deployment.entity.ts';
import { promoteModel, rollbackModel } from './model.operations.ts';
import { ModelAlias } from './model-alias.entity.ts';
import { ModelPromotion } from './model-promotion.entity.ts';
import { ModelVersion } from './model-version.entity.ts';

export const ModelVersionRef = builder.objectRef<ModelVersion>('ModelVersion');
export const ModelPromotionRef = builder.objectRef<ModelPromotion>('ModelPromotion');
export const DeploymentRef = builder.objectRef<Deployment>('Deployment');

builder.node(ModelVersionRef, {
  description: 'A trained model. Versions count trainings: 1.0, 2.0, ...',
  id: { resolve: (version) => version.id },
  isTypeOf: (value) => value instanceof ModelVersion,
  loadOne: (id, context) => entityById(context, ModelVersion, id),
  fields: (t) => ({
    model: t.string({
      description: 'Name of the registered model.',
      resolve: (version) => version.model.unwrap().name,
    }),
    uuid: t.string({ description: 'The id as lineage, logs and events write it.', resolve: (version) => version.id }),
    version: t.exposeString('version'),
    ordinal: t.exposeInt('ordinal'),
    trainedOn: t.field({
      type: DatasetVersionRef,
      resolve: (version, _args, context) => requiredById(context, DatasetVersion, version.trainedOn.id),
    }),
    run: t.field({
      type: ExperimentRunRef,
      resolve: (version, _args, { core }) => core.database.fork().findOneOrFail(ExperimentRun, { id: version.run.id }),
    }),
    artifactHash: t.exposeString('artifactHash', { description: "sha-256 of the model's bytes." }),
    featuresCount: t.exposeInt('featuresCount'),
    trainMetrics: t.field({ type: [NamedNumber], resolve: (version) => numbers(version.trainMetrics) }),
    aliases: t.stringList({
      description: '`champion` serves; `challenger` was the last to contend.',
      resolve: async (version, _args, context) => {
        const found = await askTogether(context, 'aliases', version.id, async ({ database }, ids) =>
          Map.groupBy(
            await database.fork().find(ModelAlias, { modelVersion: { $in: [...ids] } }),
            (alias) => alias.modelVersion.id,
          ),
        );
        return (found ?? []).map((alias) => alias.alias).sort();
      },
    }),
    createdAt: t.field({ type: 'DateTime', resolve: (version) => version.createdAt }),
  }),
});

builder.node(ModelPromotionRef, {
  description: 'A move of an alias, with the reason given for it.',
  id: { resolve: (promotion) => promotion.id },
  isTypeOf: (value) => value instanceof ModelPromotion,
  loadOne: (id, context) => entityById(context, ModelPromotion, id),
  fields: (t) => ({
    model: t.string({ resolve: (promotion) => promotion.model.unwrap().name }),
    alias: t.exposeString('alias'),
    previous: t.field({
      type: ModelVersionRef,
      nullable: true,
      resolve: (promotion, _args, context) =>
        promotion.previous ? entityById(context, ModelVersion, promotion.previous.id) : null,
    }),
    modelVersion: t.field({
      type: ModelVersionRef,
      resolve: (promotion, _args, context) => requiredById(context, ModelVersion, promotion.modelVersion.id),
    }),
    reason: t.exposeString('reason'),
    createdAt: t.field({ type: 'DateTime', resolve: (promotion) => promotion.createdAt }),
  }),
});

DeploymentRef.implement({
  description: 'What served from a moment on: data and model.',
  fields: (t) => ({
    serial: t.int({ resolve: (deployment) => deployment.id }),
    datasetVersion: t.field({
      type: DatasetVersionRef,
      resolve: (deployment, _args, context) => requiredById(context, DatasetVersion, deployment.datasetVersion.id),
    }),
    modelVersion: t.field({
      type: ModelVersionRef,
      nullable: true,
      resolve: (deployment, _args, context) =>
        deployment.modelVersion ? entityById(context, ModelVersion, deployment.modelVersion.id) : null,
    }),
    createdAt: t.field({ type: 'DateTime', resolve: (deployment) => deployment.createdAt }),
  }),
});

builder.queryFields((t) => ({
  modelVersions: t.connection({
    type: ModelVersionRef,
    args: {
      model: t.arg.string(),
      trainedOn: t.arg.globalID({ for: DatasetVersionRef }),
      order: t.arg({ type: PageOrder, defaultValue: 'desc' }),
    },
    resolve: (_root, args, { core }) =>
      connectionOf(core, ModelVersion, args, {
        model: args.model ?? undefined,
        trainedOn: args.trainedOn ? uuidOf(args.trainedOn) : undefined,
      }),
  }),
  modelPromotions: t.connection({
    type: ModelPromotionRef,
    args: { model: t.arg.string(), order: t.arg({ type: PageOrder, defaultValue: 'desc' }) },
    resolve: (_root, args, { core }) => connectionOf(core, ModelPromotion, args, { model: args.model ?? undefined }),
  }),
  deployments: t.connection({
    type: DeploymentRef,
    description: 'What served when; the newest serves now.',
    args: { order: t.arg({ type: PageOrder, defaultValue: 'desc' }) },
    resolve: (_root, args, { core }) => connectionOf(core, Deployment, args, {}, { readId: serialCursor }),
  }),
}));

const expected = { types: [NotFoundError, ConflictError, InvalidInputError] };

builder.mutationFields((t) => ({
  promoteModel: t.field({
    type: ModelPromotionRef,
    description: 'A version serves from now on, over the data that serve already.',
    errors: expected,
    args: {
      id: t.arg.globalID({ required: true, for: ModelVersionRef }),
      reason: t.arg.string({ required: true }),
    },
    resolve: async (_root, { id, reason }, { core }) => (await promoteModel(core, uuidOf(id), reason)).promotion,
  }),
  rollbackModel: t.field({
    type: ModelPromotionRef,
    description: 'Back to the version that served before the present one.',
    errors: expected,
    args: { model: t.arg.string({ required: true }), reason: t.arg.string({ required: true }) },
    resolve: async (_root, { model, reason }, { core }) => (await rollbackModel(core, model, reason)).promotion,
  }),
}));

builder.subscriptionFields((t) => ({
  modelPromoted: t.field({
    type: ModelPromotionRef,
    subscribe: (_root, _args, { core }) => core.events.stream('modelPromoted'),
    resolve: (event, _args, context) => requiredById(context, ModelPromotion, event.promotionId),
  }),
  deploymentChanged: t.field({
    type: DeploymentRef,
    description: 'Other data or another model serves from now on.',
    subscribe: (_root, _args, { core }) => core.events.stream('deploymentChanged'),
    resolve: (event, _args, { core }) => core.database.fork().findOneOrFail(Deployment, { id: event.deploymentId }),
  }),
}));
