import { readFileSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { apiErrorBody, errorBody } from './contract.ts';
import type { Route } from './route.ts';
import { ROUTES } from './routes.ts';

export const OPENAPI_FILE = new URL('../../../openapi.yml', import.meta.url);

/** The OpenAPI 3.1 document of THE LIST of routes. */
export function openApiDocument(): ReturnType<typeof createDocument> {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const paths: ZodOpenApiPathsObject = {};
  for (const route of ROUTES) paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  const description: ZodOpenApiObject = {
    openapi: '3.1.0',
    info: {
      title: 'Kindred',
      version,
      description:
        'Versions of data arrive in batches, are validated, watched for drift and trained on where that pays; audiences with ' +
        'reasons are served all the while. Everything here is also there, typed, as GraphQL at `/graphql`.',
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'data', description: 'Versions arrive' },
      { name: 'look-alike', description: 'Audiences and the model behind them' },
      { name: 'tables', description: 'Uploaded CSV files' },
      { name: 'monitoring', description: 'Drift, quality, experiments' },
      { name: 'service', description: 'State of the service' },
    ],
    security: [{}, { bearer: [] }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    paths,
  };
  return createDocument(description, { override: ({ jsonSchema }) => loosen(jsonSchema) });
}

/** Answers may gain fields, so no client may refuse those it does not know; and the bounds of safe integers go unsaid. */
function loosen(schema: { additionalProperties?: unknown; minimum?: unknown; maximum?: unknown }): void {
  if (schema.additionalProperties === false) delete schema.additionalProperties;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

export function openApiYaml(): string {
  return stringify(openApiDocument(), { lineWidth: 120, aliasDuplicateObjects: false });
}

function operation(route: Route): ZodOpenApiOperationObject {
  const type = route.kind === 'file' ? route.type : 'application/json';
  const done = { description: 'done', content: { [type]: { schema: route.response } } };
  const status = route.status ?? 200;
  const responses: ZodOpenApiOperationObject['responses'] = {
    [status]: status === 204 ? { description: 'done' } : done,
  };
  const failure = route.path.startsWith('/api/') ? apiErrorBody : errorBody;
  for (const [status, description] of Object.entries(route.errors)) {
    responses[status as `${2 | 4 | 5}${string}`] = {
      description,
      content: { 'application/json': { schema: failure } },
    };
  }
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const params = {
    ...(names.length === 0 ? {} : { path: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) }),
    ...(route.query === undefined ? {} : { query: route.query }),
  };
  const example = route.example === undefined ? {} : { example: route.example };
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(route.request === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              [route.kind === 'form' ? 'multipart/form-data' : 'application/json']: {
                schema: route.request,
                ...example,
              },
            },
          },
        }),
    ...(Object.keys(params).length === 0 ? {} : { requestParams: params }),
    responses,
  };
}

if (import.meta.main) writeFileSync(OPENAPI_FILE, openApiYaml());
