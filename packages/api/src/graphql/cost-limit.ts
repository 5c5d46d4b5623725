import {
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

const DEFAULT_PAGE = 20;
const LARGEST_PAGE = 100;

/**
 * Refuses a document that may ask for too many objects. A field with `first` or `last` multiplies what is below it by
 * its size (by the largest page where that is a variable, as its value is not known here), so nested pages cost what
 * they cost. Fields without a selection are free: they come with their object.
 *
 * @param limit objects at most; 5,000 lets fifty jobs come with a hundred artifacts each.
 */
export function costLimit(limit: number): (context: ValidationContext) => ASTVisitor {
  return (context) => ({
    OperationDefinition(operation) {
      const cost = costOf(operation.selectionSet, context, new Map(), new Set());
      if (cost <= limit) return;
      context.reportError(
        new GraphQLError(`The document may ask for ${cost} objects, more than the limit of ${limit}`, {
          nodes: operation,
          extensions: { code: 'INVALID_INPUT' },
        }),
      );
    },
  });
}

function costOf(
  selection: SelectionSetNode,
  context: ValidationContext,
  known: Map<string, number>,
  open: Set<string>,
): number {
  let cost = 0;
  for (const node of selection.selections) {
    if (node.kind === Kind.FIELD) {
      if (node.selectionSet) cost += pageSize(node) * (1 + costOf(node.selectionSet, context, known, open));
    } else if (node.kind === Kind.INLINE_FRAGMENT) {
      cost += costOf(node.selectionSet, context, known, open);
    } else {
      cost += costOfFragment(context.getFragment(node.name.value), context, known, open);
    }
    // Beyond this the exact number helps nobody, and products of pages would leave the range of integers.
    if (cost > 1e9) return 1e9;
  }
  return cost;
}

function costOfFragment(
  fragment: FragmentDefinitionNode | null | undefined,
  context: ValidationContext,
  known: Map<string, number>,
  open: Set<string>,
): number {
  // A fragment inside itself is refused by another rule; here it must only not run for ever.
  if (!fragment || open.has(fragment.name.value)) return 0;
  const name = fragment.name.value;
  const before = known.get(name);
  if (before !== undefined) return before;
  open.add(name);
  const cost = costOf(fragment.selectionSet, context, known, open);
  open.delete(name);
  known.set(name, cost);
  return cost;
}

function pageSize(field: FieldNode): number {
  const size = field.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last')?.value;
  if (size === undefined) return isConnection(field) ? DEFAULT_PAGE : 1;
  return size.kind === Kind.INT ? Math.min(Math.max(Number(size.value), 1), LARGEST_PAGE) : LARGEST_PAGE;
}

function isConnection(field: FieldNode): boolean {
  const inside = field.selectionSet?.selections ?? [];
  return inside.some(
    (node) => node.kind === Kind.FIELD && (node.name.value === 'edges' || node.name.value === 'nodes'),
  );
}
