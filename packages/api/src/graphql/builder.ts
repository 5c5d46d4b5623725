import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import SimpleObjectsPlugin from '@pothos/plugin-simple-objects';
import Access from '../access/enforce.ts';
import type { RowCount } from '../db/count-rows.ts';

import { DomainError } from '../errors.ts';
import type { Json } from '../pipelines/stage.ts';
import type { ReceivedFile } from '../uploads/received-file.ts';
import type { GraphqlContext } from './context.ts';
import TextArguments from './text-arguments.ts';

/** As many as a page of a connection. */
const MOST_NODES = 100;

/**
 * The one builder that every `*.graphql.ts` adds to. Fields are never null unless they say so. A field with
 * `errors: { types: [...] }` answers with a union of its type and those errors; any other error is masked at the edge.
 */
export const builder = new SchemaBuilder<{
  Context: GraphqlContext;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    SafeInt: { Input: number; Output: number };
    DateTime: { Input: Date; Output: Date };
    Json: { Input: Json; Output: unknown };
    Upload: { Input: ReceivedFile | string; Output: never };
    Bytes: { Input: Uint8Array<ArrayBuffer>; Output: never };
  };
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  /** Of every connection beside its page. */
  Connection: { total: () => RowCount | Promise<RowCount> };
}>({
  // The first stands around the others.
  plugins: [Access, ErrorsPlugin, RelayPlugin, SimpleObjectsPlugin, TextArguments],
  defaultFieldNullability: false,
  errors: {
    directResult: true,
    defaultUnionOptions: { name: ({ fieldName }) => `${fieldName[0].toUpperCase()}${fieldName.slice(1)}Result` },
  },
  relay: {
    cursorType: 'String',
    nodesOnConnection: true,
    edgesFieldOptions: { nullable: { list: false, items: false } },
    nodeFieldOptions: { nullable: false },
    edgeCursorType: 'String',
    nodesQueryOptions: {
      resolve: (_root, { ids }, _context, _info, load) => {
        if (ids.length > MOST_NODES) {
          throw new DomainError('INVALID_INPUT', `ids must hold at most ${MOST_NODES} ids`, {
            details: { field: 'ids' },
          });
        }
        return load([...ids]);
      },
    },
  },
});

builder.queryType({ description: 'What the platform knows.' });
builder.mutationType({ description: 'What can be asked of it.' });
builder.subscriptionType({ description: 'What is going on, as it happens: over graphql-ws or server-sent events.' });
