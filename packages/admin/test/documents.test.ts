import { readFileSync } from 'node:fs';
import { buildSchema, type DocumentNode, parse, specifiedRules, validate } from 'graphql';
import { expect, it } from 'vitest';
import { type AnyDocument, textOf } from '../src/graphql/graphql.ts';

const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'));
const modules = import.meta.glob<Record<string, AnyDocument>>('../src/**/*-documents.ts', { eager: true });
const documents = Object.entries(modules).flatMap(([file, exported]) =>
  Object.entries(exported).map(([name, document]) => ({ name: `${file.split('/').at(-1)} ${name}`, document })),
);

// Types alone do not tell: a field that the schema has not is `unknown` to them.
it.each(documents)('$name is what the schema takes', ({ document }) => {
  const parsed = parse(textOf(document));
  // A fragment on its own is used by others.
  const rules = isFragment(parsed) ? specifiedRules.filter(({ name }) => name !== 'NoUnusedFragmentsRule') : undefined;
  expect(validate(schema, parsed, rules).map(({ message }) => message)).toEqual([]);
});

it('finds documents', () => {
  expect(documents.length).toBeGreaterThan(20);
});

function isFragment({ definitions }: DocumentNode): boolean {
  return definitions.every(({ kind }) => kind === 'FragmentDefinition');
}
