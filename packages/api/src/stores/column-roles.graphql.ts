import { DatasetRef } from '../datasets/dataset.graphql.ts';
import { builder } from '../graphql/builder.ts';
import { uuidOf } from '../graphql/entities.ts';
import { InvalidInputError, NotFoundError } from '../graphql/expected-errors.ts';
import { type ColumnRole, columnRoles, setColumnRoles } from './column-roles.operations.ts';
import { FEATURE_GROUPS } from './feature-groups.ts';

const FeatureGroupEnum = builder.enumType('FeatureGroup', { values: FEATURE_GROUPS });

const ColumnRoleRef = builder.objectRef<ColumnRole>('ColumnRole').implement({
  description: 'What a column of a table of stores is.',
  fields: (t) => ({
    column: t.exposeString('column'),
    group: t.field({
      type: FeatureGroupEnum,
      nullable: true,
      description: 'Null for what is no feature, such as the number of a store.',
      resolve: ({ group }) => group,
    }),
    suggested: t.exposeBoolean('suggested', { description: "By the column's name; nobody has said it." }),
    default: t.exposeBoolean('default', { description: 'Every report tells its means.' }),
  }),
});

builder.objectField(DatasetRef, 'columnRoles', (t) =>
  t.field({ type: [ColumnRoleRef], resolve: (dataset, _args, { core }) => columnRoles(core, dataset.id) }),
);

const ColumnGroupInput = builder.inputType('ColumnGroupInput', {
  fields: (t) => ({
    column: t.string({ required: true }),
    group: t.field({ type: FeatureGroupEnum, description: 'Null: it is no feature.' }),
  }),
});

const ColumnRolesRef = builder.objectRef<readonly ColumnRole[]>('ColumnRoles').implement({
  fields: (t) => ({ columns: t.field({ type: [ColumnRoleRef], resolve: (roles) => [...roles] }) }),
});

const expected = { types: [NotFoundError, InvalidInputError] };

builder.queryField('columnRoles', (t) =>
  t.field({
    type: ColumnRolesRef,
    errors: { types: [NotFoundError] },
    args: { dataset: t.arg.globalID({ required: true, for: DatasetRef }) },
    resolve: (_root, { dataset }, { core }) => columnRoles(core, uuidOf(dataset)),
  }),
);

builder.mutationField('setColumnRoles', (t) =>
  t.field({
    type: ColumnRolesRef,
    description: 'Says which group columns belong to, and which of them every report tells.',
    errors: expected,
    args: {
      dataset: t.arg.globalID({ required: true, for: DatasetRef }),
      groups: t.arg({ type: [ColumnGroupInput] }),
      defaults: t.arg.stringList({ description: 'Null goes back to those that are suggested.' }),
    },
    resolve: (_root, { dataset, groups, defaults }, { core }) =>
      setColumnRoles(core, uuidOf(dataset), {
        groups: groups ? Object.fromEntries(groups.map(({ column, group }) => [column, group ?? null])) : undefined,
        defaults,
      }),
  }),
);
