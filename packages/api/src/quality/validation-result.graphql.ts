import { DatasetVersionRef } from '../datasets/dataset.graphql.ts';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { builder } from '../graphql/builder.ts';
import { connectionOf, PageOrder } from '../graphql/connection.ts';
import { entityById, requiredById, uuidOf } from '../graphql/entities.ts';
import { newestOfVersion } from '../graphql/newest-of-version.ts';
import { ValidationResult } from './validation-result.entity.ts';

export const ValidationResultRef = builder.objectRef<ValidationResult>('ValidationResult');

const Severity = builder.enumType('CheckSeverity', { values: ['critical', 'warning'] as const });
const FailedCheck = builder.simpleObject('FailedCheck', {
  fields: (t) => ({
    table: t.string(),
    check: t.string(),
    details: t.string({ description: 'Counts and examples, in words.' }),
    severity: t.field({ type: Severity }),
  }),
});

builder.node(ValidationResultRef, {
  description: 'What the expectations said about a version.',
  id: { resolve: (result) => result.id },
  isTypeOf: (value) => value instanceof ValidationResult,
  loadOne: (id, context) => entityById(context, ValidationResult, id),
  fields: (t) => ({
    datasetVersion: t.field({
      type: DatasetVersionRef,
      resolve: (result, _args, context) => requiredById(context, DatasetVersion, result.datasetVersion.id),
    }),
    valid: t.exposeBoolean('valid', { description: 'Every critical check passed.' }),
    checksTotal: t.exposeInt('checksTotal'),
    checksPassed: t.exposeInt('checksPassed'),
    checksFailed: t.exposeInt('checksFailed'),
    failedChecks: t.field({ type: [FailedCheck], resolve: (result) => result.failedChecks }),
    result: t.field({
      type: 'Json',
      nullable: true,
      description: "The whole result in Great Expectations' JSON.",
      resolve: async (result, _args, { core }) => {
        const whole = await core.database.fork().findOne(ValidationResult, { id: result.id }, { populate: ['result'] });
        return whole?.result ?? null;
      },
    }),
    createdAt: t.field({ type: 'DateTime', resolve: (result) => result.createdAt }),
  }),
});

builder.queryFields((t) => ({
  latestValidationResult: t.field({
    type: ValidationResultRef,
    nullable: true,
    resolve: (_root, _args, { core }) =>
      core.database.fork().findOne(ValidationResult, { id: { $ne: null } } as never, { orderBy: { id: 'desc' } }),
  }),
  validationResults: t.connection({
    type: ValidationResultRef,
    args: {
      datasetVersion: t.arg.globalID({ for: DatasetVersionRef }),
      valid: t.arg.boolean(),
      order: t.arg({ type: PageOrder, defaultValue: 'desc' }),
    },
    resolve: (_root, args, { core }) =>
      connectionOf(core, ValidationResult, args, {
        datasetVersion: args.datasetVersion ? uuidOf(args.datasetVersion) : undefined,
        valid: args.valid ?? undefined,
      }),
  }),
}));

builder.objectField(DatasetVersionRef, 'validationResult', (t) =>
  t.field({
    type: ValidationResultRef,
    nullable: true,
    description: 'The newest one; null until the version has been validated.',
    resolve: (version, _args, context) => newestOfVersion(context, ValidationResult, version),
  }),
);
