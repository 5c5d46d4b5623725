import { TABLE_NAMES } from '@kindred/api/lookalike/tables.ts';
import { z } from 'zod';
import { positiveInt, versionName } from '../contract.ts';
import { bytesRoute } from '../route.ts';
import { ERROR_FIELDS } from '../run-document.ts';

const table = z.enum(TABLE_NAMES).meta({ id: 'Table' });

interface Receipt {
  readonly table: string;
  readonly batchId: number;
}

export const dataBatch = bytesRoute({
  id: 'receiveBatch',
  method: 'post',
  path: '/data/batch',
  tag: 'data',
  summary: 'Receive one batch of a table',
  description:
    'Batches come in any order and at once. The same batch again changes nothing; another one under the same key is ' +
    'refused. A batch without records counts as received. The answer is given when the batch is safe on disk.',
  request: z
    .object({
      version: versionName,
      table,
      batch_id: positiveInt,
      total_batches: positiveInt,
      records: z.array(z.record(z.string(), z.unknown())),
    })
    .meta({ id: 'Batch' }),
  response: z.object({ status: z.literal('accepted'), table, batch_id: positiveInt }).meta({ id: 'BatchAccepted' }),
  errors: {
    400: 'a field is missing or wrong, the table is unknown, or the body is not JSON',
    409: 'the key holds other records, or the version is committed',
    413: 'the body is too large',
    503: 'a store does not answer; the batch can be sent again',
    507: 'a disk is full; the batch can be sent again when there is room',
  },
  example: {
    version: 'v1',
    table: 'offer',
    batch_id: 1,
    total_batches: 1,
    records: [{ offer_id: 42, merchant_id_offer: 75, start_date: '2025-06-01', end_date: '2025-06-30' }],
  },
  document: `mutation ReceiveBatch($body: Bytes!) {
    receiveBatchBody(body: $body) { ... on BatchReceipt { table batchId } ${ERROR_FIELDS} }
  }`,
  async handle(run, body) {
    const receipt = (await run({ body })) as Receipt;
    return { text: `{"status":"accepted","table":"${receipt.table}","batch_id":${receipt.batchId}}` };
  },
});
