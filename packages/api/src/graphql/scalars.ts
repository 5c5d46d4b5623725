import { GraphQLError, Kind, type ValueNode } from 'graphql';
import type { Json } from '../pipelines/stage.ts';
import { ReceivedFile } from '../uploads/received-file.ts';
import { builder } from './builder.ts';

builder.scalarType('SafeInt', {
  description: 'A whole number from -(2^53 - 1) to 2^53 - 1; ids of clients, offers and merchants do not fit into Int.',
  serialize: safeInt,
  parseValue: safeInt,
  parseLiteral: (node: ValueNode) => {
    if (node.kind !== Kind.INT) throw new GraphQLError('A whole number is needed', { nodes: node });
    return safeInt(Number(node.value));
  },
});

builder.scalarType('DateTime', {
  description: 'A moment, RFC 3339 with milliseconds, UTC.',
  serialize: (value) => (value as Date).toISOString(),
  parseValue: (value) => {
    const date = typeof value === 'string' ? new Date(value) : undefined;
    if (!date || Number.isNaN(date.getTime())) throw new GraphQLError('A moment in RFC 3339 is needed');
    return date;
  },
});

builder.scalarType('Json', {
  description: 'Any JSON value: only where the shape is open by nature.',
  serialize: (value) => value,
  parseValue: (value) => value as Json,
  parseLiteral: (node, variables) => jsonLiteral(node, variables ?? {}),
});

builder.scalarType('Bytes', {
  description: 'Bytes: base64 from outside; a caller in this process hands its memory over.',
  serialize: () => {
    throw new GraphQLError('Bytes are only taken, never given');
  },
  parseValue: (value) => {
    if (value instanceof Uint8Array && value.buffer instanceof ArrayBuffer) return value as Uint8Array<ArrayBuffer>;
    if (typeof value !== 'string') throw new GraphQLError('Bytes are given in base64');
    return new Uint8Array(Buffer.from(value, 'base64'));
  },
});

builder.scalarType('Upload', {
  description: 'A file, by the GraphQL multipart request specification.',
  serialize: () => {
    throw new GraphQLError('Files are only taken, never given');
  },
  // A text is the door's own mark for a file of the request; who sends one in JSON has no file behind it.
  parseValue: (value) => {
    if (value instanceof ReceivedFile || typeof value === 'string') return value;
    throw new GraphQLError('A file is sent as multipart/form-data');
  },
});

function safeInt(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw new GraphQLError('A whole number from -(2^53 - 1) to 2^53 - 1 is needed');
  }
  return value;
}

function jsonLiteral(node: ValueNode, variables: { [name: string]: unknown }): Json {
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.LIST:
      return node.values.map((value) => jsonLiteral(value, variables));
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map((field) => [field.name.value, jsonLiteral(field.value, variables)]));
    case Kind.VARIABLE:
      return (variables[node.name.value] ?? null) as Json;
    default:
      return node.value;
  }
}
