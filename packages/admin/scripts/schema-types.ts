import { readFileSync, writeFileSync } from 'node:fs';
import { minifyIntrospection, outputIntrospectionFile } from '@gql.tada/internal';
import { buildSchema, introspectionFromSchema } from 'graphql';

const SCHEMA = new URL('../../../schema.graphql', import.meta.url);
export const SCHEMA_TYPES = new URL('../src/graphql/schema.generated.d.ts', import.meta.url);

/** The printed schema as a type, from which every document of the console gets its own. */
export function schemaTypes(): string {
  const introspection = introspectionFromSchema(buildSchema(readFileSync(SCHEMA, 'utf8')), { descriptions: false });
  return outputIntrospectionFile(minifyIntrospection(introspection), { fileType: '.d.ts', shouldPreprocess: true });
}

if (import.meta.main) writeFileSync(SCHEMA_TYPES, schemaTypes());
