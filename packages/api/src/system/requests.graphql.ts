import { DomainError } from '../errors.ts';
import { builder } from '../graphql/builder.ts';
import { toConnection } from '../graphql/connection.ts';
import { serialCursor } from '../graphql/cursor.ts';
import { KEPT_REQUESTS, type RecentRequest } from './request-log.ts';

const RequestRef = builder.objectRef<RecentRequest>('RecentRequest').implement({
  description: 'A request as the process that answers has served or refused it.',
  fields: (t) => ({
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
    method: t.exposeString('method'),
    path: t.exposeString('path', { description: 'Without what stands after `?`.' }),
    route: t.string({ nullable: true, resolve: ({ route }) => route ?? null }),
    operation: t.string({
      nullable: true,
      description: 'Of GraphQL: its name, or the fields that it asks for.',
      resolve: ({ operation }) => operation ?? null,
    }),
    status: t.exposeInt('status'),
    refused: t.exposeBoolean('refused'),
    code: t.string({ nullable: true, description: 'Why it was refused.', resolve: ({ code }) => code ?? null }),
    milliseconds: t.exposeFloat('milliseconds'),
    requestId: t.exposeString('requestId', { description: "As the answer's header X-Request-Id has it." }),
  }),
});

const LARGEST_PAGE = 100;

builder.queryField('requests', (t) =>
  t.connection({
    type: RequestRef,
    description: `Newest first, of the process that answers: the last ${KEPT_REQUESTS.toLocaleString('en')}, and as many refused ones. Paged forward.`,
    args: {
      refused: t.arg.boolean(),
      method: t.arg.string(),
      text: t.arg.string({ description: 'Part of the path or of the operation.' }),
      code: t.arg.string(),
      requestId: t.arg.string(),
      slowerThan: t.arg.float({ description: 'Milliseconds.' }),
    },
    resolve: (_root, args, { system }) => {
      const first = args.first ?? 20;
      if (args.last != null || args.before != null || first < 1 || first > LARGEST_PAGE) {
        throw new DomainError('INVALID_INPUT', `requests are paged forward, first 1 to ${LARGEST_PAGE}`, {
          details: { field: 'first' },
        });
      }
      const after = args.after == null ? Number.POSITIVE_INFINITY : serialCursor(args.after);
      const found = system.requests.find({
        refused: args.refused ?? undefined,
        method: args.method ?? undefined,
        text: args.text ?? undefined,
        code: args.code ?? undefined,
        requestId: args.requestId ?? undefined,
        slowerThan: args.slowerThan ?? undefined,
      });
      const rest = found.filter(({ id }) => id < after);
      const page = {
        items: rest.slice(0, first),
        hasNextPage: rest.length > first,
        hasPreviousPage: args.after != null,
      };
      return toConnection(page, () => ({ count: found.length, exact: true }));
    },
  }),
);
