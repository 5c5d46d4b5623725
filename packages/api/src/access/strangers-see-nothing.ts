import { type DocumentNode, type ExecutionArgs, GraphQLError, Kind, visit } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GraphqlContext } from '../graphql/context.ts';

const asksForSchema = new WeakMap<DocumentNode, boolean>();

/** The schema's own fields have no resolvers of ours to stand around, so a stranger's document is searched for them. */
export function strangersSeeNothing(): Plugin<GraphqlContext> {
  const refuse = ({
    args,
    setResultAndStopExecution,
  }: {
    args: ExecutionArgs;
    setResultAndStopExecution: SetResult;
  }) => {
    const { caller }: Partial<GraphqlContext> = args.contextValue ?? {};
    if ((caller && caller.kind !== 'stranger') || !hasSchemaField(args.document)) return;
    const error = new GraphQLError('Sign in, or send Authorization: Bearer <API key>, to see the schema', {
      extensions: { code: 'UNAUTHENTICATED' },
    });
    setResultAndStopExecution({ errors: [error] });
  };
  return { onExecute: refuse, onSubscribe: refuse };
}

type SetResult = (result: { errors: GraphQLError[] }) => void;

function hasSchemaField(document: DocumentNode): boolean {
  let found = asksForSchema.get(document);
  if (found === undefined) {
    found = false;
    visit(document, {
      [Kind.FIELD]: ({ name }) => {
        if (name.value === '__schema' || name.value === '__type') found = true;
      },
    });
    asksForSchema.set(document, found);
  }
  return found;
}
