import { EnvelopArmorPlugin } from '@escape.tech/graphql-armor';
import { NoSchemaIntrospectionCustomRule } from 'graphql';
import { createYoga, type GraphiQLOptions, type Plugin, type YogaInitialContext } from 'graphql-yoga';
import { strangersSeeNothing } from '../access/strangers-see-nothing.ts';
import { traceExecution } from '../tracing/trace-execution.ts';
import type { DoorContext, GraphqlContext, Services } from './context.ts';
import { costLimit } from './cost-limit.ts';
import { maskError } from './mask-error.ts';
import { noteOperations } from './note-operations.ts';
import { schema } from './schema.ts';
import { tellRefusals } from './tell-refusals.ts';

/** Objects that one document may ask for. */
const COST_LIMIT = 5000;

export type GraphqlServer = ReturnType<typeof createGraphqlServer>;

/** The page that browsers get at the endpoint. Yoga's own loads its code from the network, so a renderer is needed. */
export interface GraphiqlPage {
  readonly title: string;
  /** One tab each; asked for with every page, because what can be asked depends on what serves. */
  examples(page: DoorContext): readonly { readonly query: string; readonly variables?: string }[];
  render(options?: GraphiQLOptions): Promise<string>;
}

/** GraphQL over HTTP and server-sent events; the websocket and the REST routes run documents by `getEnveloped`. */
export function createGraphqlServer(services: Services, page?: GraphiqlPage) {
  const { config, logger } = services.core;
  const armor = EnvelopArmorPlugin({
    costLimit: { enabled: false },
    maxDepth: { n: 10 },
    maxAliases: { n: 30 },
    maxTokens: { n: 2000 },
    maxDirectives: { n: 20 },
    blockFieldSuggestion: { enabled: config.production },
  }) as Plugin;
  return createYoga<DoorContext, GraphqlContext>({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: page
      ? (_request, context) => ({
          title: page.title,
          defaultTabs: [...page.examples(context)],
          subscriptionsProtocol: 'WS',
          credentials: 'same-origin',
        })
      : false,
    ...(page ? { renderGraphiQL: (options?: GraphiQLOptions) => page.render(options) } : {}),
    // Cross-origin rules are the door's business: it applies them to every route alike.
    cors: false,
    batching: { limit: 10 },
    context: ({ caller, facts, files }: YogaInitialContext & DoorContext): GraphqlContext => ({
      ...services,
      caller,
      facts,
      files,
    }),
    maskedErrors: {
      maskError: (error) => maskError(error, (cause) => logger.error({ err: cause }, 'unexpected error in GraphQL')),
    },
    plugins: [
      armor,
      limits(config.introspection),
      strangersSeeNothing(),
      tellRefusals(),
      noteOperations(),
      ...(config.tracing ? [traceExecution()] : []),
    ],
    logging: false,
  });
}

function limits(introspection: boolean): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(costLimit(COST_LIMIT));
      if (!introspection) addValidationRule(NoSchemaIntrospectionCustomRule);
    },
  };
}
