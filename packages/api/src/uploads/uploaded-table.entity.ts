import { defineEntity, p } from '@mikro-orm/core';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { newId } from '../db/ids.ts';
import type { Delimiter } from './csv/delimiter.ts';
import type { Encoding } from './csv/encoding.ts';
import type { PreviewValue } from './preview.ts';
import type { ColumnProfile } from './profile/column-profile.ts';

/** What is known of the file that is a version of an uploaded table. The bytes are shared by all uploads of the same hash. */
const schema = defineEntity({
  name: 'UploadedTable',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    datasetVersion: () => p.oneToOne(DatasetVersion).ref().owner(),
    /** As the sender's disk had it, without folders. */
    fileName: p.text(),
    encoding: p.text().$type<Encoding>(),
    delimiter: p.text().$type<Delimiter>(),
    rows: p.integer(),
    columns: p.json<readonly ColumnProfile[]>(),
    /** First rows, values by column. Emptied with the bytes: it is data. */
    preview: p.json<readonly (readonly PreviewValue[])[]>(),
    warnings: p.json<readonly string[]>(),
    /** The file as it came. */
    objectKey: p.text().index(),
    hash: p.text(),
    bytes: p.bigint('number'),
    /** What stages read: see columnar/table-format.ts. */
    tableKey: p.text().index(),
    tableHash: p.text(),
    tableBytes: p.bigint('number'),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});

export class UploadedTable extends schema.class {}
schema.setClass(UploadedTable);
