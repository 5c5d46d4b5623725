import { type Attributes, SpanStatusCode } from '@opentelemetry/api';
import { type ExecutionArgs, type ExecutionResult, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { ATTRIBUTES } from './attributes.ts';
import { inSpan } from './spans.ts';

/**
 * A span for each execution of a document, whichever door it came through. It is named after the fields that it asks for, which
 * are the schema's and therefore few; the document itself may hold data and is left out.
 */
export function traceExecution(): Plugin {
  return {
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn((args: ExecutionArgs) => {
        const { name, attributes } = describe(args);
        return inSpan(name, { attributes }, async (span) => {
          const result: ExecutionResult = await executeFn(args);
          const code = result.errors?.[0]?.extensions?.code;
          if (result.errors?.length) {
            span.setAttribute(ATTRIBUTES.ERROR_TYPE, typeof code === 'string' ? code : 'INTERNAL');
            span.setStatus({ code: SpanStatusCode.ERROR });
          }
          return result;
        });
      });
    },
  };
}

const MOST_FIELDS = 3;

function describe({ document, operationName }: ExecutionArgs): { name: string; attributes: Attributes } {
  const operation = getOperationAST(document, operationName);
  const type = operation?.operation ?? 'query';
  const fields = (operation?.selectionSet.selections ?? []).flatMap((selection) =>
    selection.kind === 'Field' ? [selection.name.value] : [],
  );
  const named = operation?.name?.value;
  return {
    name: [type, ...fields.slice(0, MOST_FIELDS)].join(' '),
    attributes: {
      [ATTRIBUTES.GRAPHQL_OPERATION_TYPE]: type,
      ...(named === undefined ? {} : { [ATTRIBUTES.GRAPHQL_OPERATION_NAME]: named }),
    },
  };
}
