/** Use cases of the groups of a data set's columns. */
import type { Core } from '../core.ts';
import type { Em } from '../db/orm.ts';
import { DomainError } from '../errors.ts';
import type { ColumnProfile } from '../uploads/profile/column-profile.ts';
import { newestTable, requireDataset } from '../uploads/stored-tables.ts';
import { ColumnRoles } from './column-roles.entity.ts';
import {
  type ColumnGroups,
  FEATURE_GROUPS,
  type FeatureGroup,
  suggestDefaults,
  suggestGroups,
} from './feature-groups.ts';

export interface ColumnRole {
  readonly column: string;
  readonly group: FeatureGroup | null;
  /** Nobody has said it: the column's name tells. */
  readonly suggested: boolean;
  /** Told in every report. */
  readonly default: boolean;
}

/** @throws DomainError NOT_FOUND */
export async function columnRoles(core: Core, datasetId: string): Promise<ColumnRole[]> {
  const em = core.database.fork();
  const { id } = await requireDataset(em, datasetId);
  const table = await newestTable(em, id);
  const columns = table?.columns ?? [];
  const { groups, defaults, said } = await rolesOf(em, id, columns);
  return columns.map(({ name }) => ({
    column: name,
    group: groups[name] ?? null,
    suggested: !said.has(name),
    default: defaults.includes(name),
  }));
}

export interface NewColumnRoles {
  /** Of columns that it does not name, what was said before stays. */
  readonly groups?: Readonly<Record<string, string | null>> | undefined;
  /** Null: those that are suggested. */
  readonly defaults?: readonly string[] | null | undefined;
}

/** @throws DomainError NOT_FOUND; INVALID_INPUT naming a column or a group that is none, or a default that holds no numbers. */
export async function setColumnRoles(core: Core, datasetId: string, said: NewColumnRoles): Promise<ColumnRole[]> {
  await core.database.fork().transactional(async (tx) => {
    const dataset = await requireDataset(tx, datasetId);
    await tx.execute('select 1 from dataset where id = ? for update', [dataset.id]);
    const columns = (await newestTable(tx, dataset.id))?.columns ?? [];
    for (const [name, group] of Object.entries(said.groups ?? {})) {
      requireColumn(columns, name, 'groups');
      if (group === null || isGroup(group)) continue;
      throw wrong(`${group} is no group of features; there are ${FEATURE_GROUPS.join(', ')}`, 'groups');
    }
    for (const name of said.defaults ?? []) {
      if (isNumbers(requireColumn(columns, name, 'defaults'))) continue;
      throw wrong(`${name} holds no numbers: it has no mean that a report could tell`, 'defaults');
    }
    const roles =
      (await tx.findOne(ColumnRoles, { dataset: dataset.id })) ??
      tx.create(ColumnRoles, { dataset, groups: {}, defaults: null });
    roles.groups = { ...roles.groups, ...(said.groups as ColumnGroups | undefined) };
    if (said.defaults !== undefined) roles.defaults = said.defaults;
    await tx.flush();
  });
  return columnRoles(core, datasetId);
}

/** What a clustering of the data set goes by, in the caller's transaction. */
export async function rolesOf(em: Em, datasetId: string, columns: readonly ColumnProfile[]) {
  const saved = await em.findOne(ColumnRoles, { dataset: datasetId });
  const names = new Set(columns.map(({ name }) => name));
  // A newer file may lack a column that the one before had.
  const declared = Object.entries(saved?.groups ?? {}).filter(([name]) => names.has(name));
  const groups: ColumnGroups = { ...suggestGroups(columns), ...Object.fromEntries(declared) };
  const defaults = saved?.defaults?.filter((name) => names.has(name)) ?? suggestDefaults(columns, groups);
  return { groups, defaults, said: new Set(declared.map(([name]) => name)), isDeclared: saved !== null };
}

const isGroup = (text: string): text is FeatureGroup => (FEATURE_GROUPS as readonly string[]).includes(text);
const isNumbers = ({ type }: ColumnProfile) => type === 'integer' || type === 'number' || type === 'boolean';

function requireColumn(columns: readonly ColumnProfile[], name: string, field: string): ColumnProfile {
  const found = columns.find((column) => column.name === name);
  if (found) return found;
  throw wrong(`The data set has no column ${name}; it has ${columns.map((column) => column.name).join(', ')}`, field);
}

const wrong = (message: string, field: string) => new DomainError('INVALID_INPUT', message, { details: { field } });
