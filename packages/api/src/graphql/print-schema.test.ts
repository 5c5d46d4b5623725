import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { printedSchema, SCHEMA_FILE } from './print-schema.ts';

it('schema.graphql is the schema (if not: node packages/api/src/graphql/print-schema.ts, and look at the difference)', () => {
  expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(printedSchema());
});
