import type { initGraphQLTada, ResultOf, TadaDocumentNode, VariablesOf } from 'gql.tada';
import type { introspection } from './schema.generated.d.ts';

/** Any document: a function of no variables that is known to give something. */
export type AnyDocument = TadaDocumentNode<unknown, never, unknown>;
export type Result<D extends AnyDocument> = ResultOf<D>;
export type Variables<D extends AnyDocument> = VariablesOf<D>;

type Tada = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { DateTime: string; Json: unknown; SafeInt: number; Bytes: string; Upload: null };
}>;

interface Text {
  readonly parts: readonly string[];
}

/**
 * A document with the types that the schema gives it. To the compiler it is gql.tada's; at run time nothing parses it: it is its text and
 * that of its fragments, each once.
 */
export const graphql = ((text: string, fragments: readonly AnyDocument[] = []): Text => ({
  parts: [...new Set(fragments.flatMap(partsOf)), text],
})) as unknown as Tada;

function partsOf(document: AnyDocument): readonly string[] {
  return (document as unknown as Text).parts;
}

/** What is sent. */
export function textOf(document: AnyDocument): string {
  return partsOf(document).join('\n');
}
