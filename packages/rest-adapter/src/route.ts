import type { z } from 'zod';
import type { ReceivedForm } from './receive-form.ts';
import type { RunDocument } from './run-document.ts';

export interface RouteDescription {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Without a slash at its end; `{name}` stands for a segment. */
  readonly path: string;
  readonly tag: 'data' | 'look-alike' | 'tables' | 'clustering' | 'monitoring' | 'service';
  readonly summary: string;
  readonly description?: string;
  /** Name of the operation in the contract: clients that are generated from it take their names from here. */
  readonly id: string;
  /** Contract of the JSON body, for the documentation also where the handler checks it by itself. */
  readonly request?: z.ZodType;
  readonly response: z.ZodType;
  /** Of success; 200 unless given. 204 goes without a body. */
  readonly status?: 201 | 202 | 204;
  /** What may stand in the address after `?`. */
  readonly query?: z.ZodObject;
  /** Statuses beside success, each with its reason. */
  readonly errors: Readonly<Partial<Record<400 | 403 | 404 | 409 | 413 | 415 | 422 | 503 | 507, string>>>;
  /** The GraphQL document that does the work: one operation with one field. */
  readonly document: string;
  readonly example?: unknown;
}

/** Text that is JSON already (or of another type, bytes too), or a value to be made into it. */
export type Answer = { readonly text: string | Buffer; readonly type?: string } | { readonly value: unknown };

/** What the address says. */
export interface Address {
  /** What stands in the places of `{name}`. */
  readonly params: Readonly<Record<string, string>>;
  /** What stands after `?`. */
  readonly query: URLSearchParams;
  /** Of this service as the caller knows it: `http://host:port`. */
  readonly origin: string;
}

interface JsonRoute<Input> extends RouteDescription {
  readonly kind: 'json';
  readonly bodyLimit: number;
  /** The answer depends on nothing but the body and the data and model that serve. */
  readonly repeatable?: boolean;
  readonly request: z.ZodType<Input>;
  handle(run: RunDocument, input: Input, address: Address): Promise<Answer>;
}

interface BytesRoute extends RouteDescription {
  readonly kind: 'bytes';
  handle(run: RunDocument, body: Uint8Array<ArrayBuffer>): Promise<Answer>;
}

interface PlainRoute extends RouteDescription {
  readonly kind: 'plain';
  handle(run: RunDocument, address: Address): Promise<Answer>;
}

interface FormRoute extends RouteDescription {
  readonly kind: 'form';
  /** A JSON object of texts is taken too, where a file is not needed. */
  handle(run: RunDocument, form: ReceivedForm, address: Address): Promise<Answer>;
}

/** An object of the store that is sent as it is. */
export interface Download {
  readonly key: string;
  readonly bytes: number;
  readonly type: string;
  /** Under which it is saved. */
  readonly name: string;
  /** A page of ours that a browser shows instead of saving it; it may load and run nothing. */
  readonly shown?: boolean;
}

interface FileRoute extends RouteDescription {
  readonly kind: 'file';
  readonly type: string;
  handle(run: RunDocument, address: Address): Promise<Download>;
}

export type Route = JsonRoute<never> | BytesRoute | PlainRoute | FormRoute | FileRoute;

/** A route whose JSON body is checked against its contract before it is handled. */
export function jsonRoute<Input>(route: Omit<JsonRoute<Input>, 'kind'>): Route {
  return { ...route, kind: 'json' } as Route;
}

/** A route that takes its body as bytes, unparsed. */
export function bytesRoute(route: Omit<BytesRoute, 'kind'>): Route {
  return { ...route, kind: 'bytes' };
}

/** A route that takes a multipart form with a file. */
export function formRoute(route: Omit<FormRoute, 'kind'>): Route {
  return { ...route, kind: 'form' };
}

/** A route that answers with a file. */
export function fileRoute(route: Omit<FileRoute, 'kind'>): Route {
  return { ...route, kind: 'file' };
}

export function plainRoute(route: Omit<PlainRoute, 'kind'>): Route {
  return { ...route, kind: 'plain' };
}
