import { z } from 'zod';
import type { SortKey } from '../db/sort-key.ts';
import { listOrder } from '../graphql/list-order.ts';
import type { Dataset } from './dataset.entity.ts';
import type { DatasetVersion } from './dataset-version.entity.ts';

/** Capital letters go with small ones; the database's rules for them hold on both sides. */
const name: SortKey<{ name: string }> = {
  name: 'name',
  column: (alias) => `lower(${alias}.name)`,
  bound: 'lower(?)',
  value: (row) => row.name,
  text: z.string().refine((text) => !text.includes('\0') && text.isWellFormed()),
};

/** A version that is not committed counts as one that will be. */
const committedAt: SortKey<DatasetVersion> = {
  name: 'committedAt',
  column: (alias) => `coalesce(${alias}.committed_at, 'infinity'::timestamptz)`,
  bound: '?::timestamptz',
  value: (version) => version.committedAt?.toISOString() ?? 'infinity',
  text: z.union([z.literal('infinity'), z.iso.datetime()]),
};

export const datasetOrder = listOrder<Dataset, { createdAt: null; name: SortKey<Dataset> }>('Dataset', {
  createdAt: null,
  name,
});

export const versionOrder = listOrder<
  DatasetVersion,
  { createdAt: null; committedAt: SortKey<DatasetVersion>; name: SortKey<DatasetVersion> }
>('DatasetVersion', { createdAt: null, committedAt, name });
