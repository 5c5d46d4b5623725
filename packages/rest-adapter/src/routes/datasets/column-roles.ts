import { FEATURE_GROUPS } from '@kindred/api/stores/feature-groups.ts';
import { z } from 'zod';
import { jsonRoute, plainRoute } from '../../route.ts';
import { ERROR_FIELDS } from '../../run-document.ts';
import { globalId, NOT_FOUND } from './dataset-json.ts';

const FIELDS = `... on ColumnRoles { columns { column group suggested default } } ${ERROR_FIELDS}`;
const group = z.enum(FEATURE_GROUPS).nullable();

const roles = z
  .array(z.object({ column: z.string(), group, suggested: z.boolean(), default: z.boolean() }))
  .meta({ id: 'ColumnRoles', description: 'What each column of a table of stores is; a group of null: no feature.' });

const shared = { path: '/api/datasets/{id}/column-roles', tag: 'tables', response: roles } as const;

export const getColumnRoles = plainRoute({
  ...shared,
  id: 'getColumnRoles',
  method: 'get',
  summary: 'Groups of the columns, for clusterings that choose features by group',
  errors: NOT_FOUND,
  document: `query ColumnRoles($id: ID!) { columnRoles(dataset: $id) { ${FIELDS} } }`,
  async handle(run, { params: { id } }) {
    return { value: ((await run({ id: globalId(id) })) as { columns: unknown }).columns };
  },
});

export const putColumnRoles = jsonRoute({
  ...shared,
  id: 'putColumnRoles',
  method: 'put',
  summary: 'Say which group columns belong to, and which every report tells',
  bodyLimit: 1024 * 1024,
  request: z.strictObject({
    groups: z.record(z.string(), group).optional().meta({ description: 'What it does not name stays as it is.' }),
    defaults: z.array(z.string()).nullable().optional().meta({ description: 'Null goes back to those suggested.' }),
  }),
  errors: { ...NOT_FOUND, 400: 'a column or a group is none, or a default holds no numbers' },
  document: `mutation SetColumnRoles($id: ID!, $groups: [ColumnGroupInput!], $defaults: [String!]) {
    setColumnRoles(dataset: $id, groups: $groups, defaults: $defaults) { ${FIELDS} } }`,
  async handle(run, { groups, ...rest }, { params: { id } }) {
    const said = groups && Object.entries(groups).map(([column, own]) => ({ column, group: own }));
    const answer = await run({ id: globalId(id), ...(said ? { groups: said } : {}), ...rest });
    return { value: (answer as { columns: unknown }).columns };
  },
});
