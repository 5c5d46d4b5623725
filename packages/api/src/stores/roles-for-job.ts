import type { Em } from '../db/orm.ts';
import type { Json } from '../pipelines/stage.ts';
import type { UploadedTable } from '../uploads/uploaded-table.entity.ts';
import { rolesOf } from './column-roles.operations.ts';

/**
 * What a job must know of its columns to be repeatable: the groups, where it chooses by them, and the columns that its report tells.
 * Whatever somebody says of the columns later changes no job.
 */
export async function rolesForJob(
  em: Em,
  table: UploadedTable,
  params: Readonly<Record<string, Json>>,
): Promise<Record<string, Json>> {
  const byGroup = params.feature_groups != null;
  const { groups, defaults, isDeclared } = await rolesOf(
    em,
    table.datasetVersion.getEntity().dataset.id,
    table.columns,
  );
  return {
    ...(byGroup && params.column_groups == null ? { column_groups: { ...groups } } : {}),
    ...((byGroup || isDeclared) && params.default_columns == null ? { default_columns: [...defaults] } : {}),
  };
}
