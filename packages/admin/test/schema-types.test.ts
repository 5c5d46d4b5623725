import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SCHEMA_TYPES, schemaTypes } from '../scripts/schema-types.ts';

it('has types of the schema as it is printed', () => {
  const present = readFileSync(SCHEMA_TYPES, 'utf8');
  expect(present === schemaTypes(), 'stale: npx node packages/admin/scripts/schema-types.ts').toBe(true);
});
