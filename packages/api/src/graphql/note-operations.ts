import type { IncomingMessage } from 'node:http';
import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** What a request over HTTP has asked GraphQL for, and the code of its first error. */
export interface OperationNote {
  operation?: string;
  code?: string;
}

const notes = new WeakMap<IncomingMessage, OperationNote>();

/** Undefined where the request was none of GraphQL. */
export function operationOf(request: IncomingMessage): OperationNote | undefined {
  return notes.get(request);
}

/** Says of each request what it asked for; answers of GraphQL look all alike from outside. */
export function noteOperations(): Plugin {
  return {
    onExecute: ({ args }) => noteOperation(args),
    onSubscribe: ({ args }) => noteOperation(args),
    onExecutionResult({ result, context }) {
      const request = requestOf(context);
      if (!request || !result || Symbol.asyncIterator in result) return;
      const [error] = result.errors ?? [];
      if (!error) return;
      const { code } = error.extensions ?? {};
      Object.assign(noteOf(request), { code: typeof code === 'string' ? code : 'INTERNAL' });
    },
  };
}

const MOST_FIELDS = 3;

interface Asked {
  readonly document: Parameters<typeof getOperationAST>[0];
  readonly operationName?: string | null | undefined;
  readonly contextValue?: unknown;
}

function noteOperation({ document, operationName, contextValue }: Asked): void {
  const request = requestOf(contextValue);
  if (!request) return;
  const operation = getOperationAST(document, operationName);
  const fields = (operation?.selectionSet.selections ?? []).flatMap((selection) =>
    selection.kind === 'Field' ? [selection.name.value] : [],
  );
  const name = operation?.name?.value ?? fields.slice(0, MOST_FIELDS).join(' ');
  // Of a batch: all of them.
  const note = noteOf(request);
  note.operation = note.operation === undefined ? name : `${note.operation}, ${name}`;
}

function noteOf(request: IncomingMessage): OperationNote {
  const note = notes.get(request) ?? {};
  notes.set(request, note);
  return note;
}

/** Yoga's own context has the request of Node; documents of routes come without one. */
function requestOf(context: unknown): IncomingMessage | undefined {
  if (typeof context !== 'object' || context === null || !('req' in context)) return undefined;
  return context.req as IncomingMessage | undefined;
}
