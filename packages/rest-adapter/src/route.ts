import type { z } from 'zod';
import type { RunDocument } from './run-document.ts';

export interface RouteDescription {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly tag: 'data' | 'look-alike' | 'monitoring' | 'service';
  readonly summary: string;
  readonly description?: string;
  /** Name of the operation in the contract: clients that are generated from it take their names from here. */
  readonly id: string;
  /** Contract of the JSON body, for the documentation also where the handler checks it by itself. */
  readonly request?: z.ZodType;
  readonly response: z.ZodType;
  /** Statuses beside 200, each with its reason. */
  readonly errors: Readonly<Partial<Record<400 | 404 | 409 | 413 | 503 | 507, string>>>;
  /** The GraphQL document that does the work: one operation with one field. */
  readonly document: string;
  readonly example?: unknown;
}

/** Text that is JSON already, or a value to be made into it. */
export type Answer = { readonly text: string | Buffer } | { readonly value: unknown };

interface JsonRoute<Input> extends RouteDescription {
  readonly kind: 'json';
  readonly bodyLimit: number;
  /** The answer depends on nothing but the body and the data and model that serve. */
  readonly repeatable?: boolean;
  readonly request: z.ZodType<Input>;
  handle(run: RunDocument, input: Input): Promise<Answer>;
}

interface BytesRoute extends RouteDescription {
  readonly kind: 'bytes';
  handle(run: RunDocument, body: Uint8Array<ArrayBuffer>): Promise<Answer>;
}

interface PlainRoute extends RouteDescription {
  readonly kind: 'plain';
  /** @param query what stands in the address after `?`. */
  handle(run: RunDocument, query: URLSearchParams): Promise<Answer>;
}

export type Route = JsonRoute<never> | BytesRoute | PlainRoute;

/** A route whose JSON body is checked against its contract before it is handled. */
export function jsonRoute<Input>(route: Omit<JsonRoute<Input>, 'kind'>): Route {
  return { ...route, kind: 'json' } as Route;
}

/** A route that takes its body as bytes, unparsed. */
export function bytesRoute(route: Omit<BytesRoute, 'kind'>): Route {
  return { ...route, kind: 'bytes' };
}

export function plainRoute(route: Omit<PlainRoute, 'kind'>): Route {
  return { ...route, kind: 'plain' };
}
