import type { Ask } from '../graphql/client.ts';
import type { AnyDocument, Variables } from '../graphql/graphql.ts';

/** What every record has: ids are the API's global ones, the same in lists, events and addresses. */
interface Node {
  readonly id: string;
}

export interface Page<T extends Node = Node> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  /** Where the server counts. */
  readonly totalCount?: { readonly count: number; readonly exact: boolean } | null;
}

export interface ListRequest {
  readonly first: number;
  readonly after: string | null;
  readonly sort: { readonly field: string; readonly order: 'ASC' | 'DESC' };
  readonly filter: Readonly<Record<string, unknown>>;
}

/** What the console knows of a kind of record: how to ask for it. What is left out cannot be done. */
export interface Resource {
  page?(ask: Ask, request: ListRequest, signal?: AbortSignal): Promise<Page>;
  one?(ask: Ask, id: string, signal?: AbortSignal): Promise<Node | null>;
  many?(ask: Ask, ids: readonly string[], signal?: AbortSignal): Promise<readonly (Node | null)[]>;
  update?(ask: Ask, id: string, changes: Readonly<Record<string, unknown>>): Promise<Node>;
  remove?(ask: Ask, id: string, record: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** A connection's page: the document calls it `page`. */
export function pageOf<D extends AnyDocument>(
  document: D,
  variables: (request: ListRequest) => Variables<D>,
): NonNullable<Resource['page']> {
  return async (ask, request, signal) =>
    ((await ask(document, variables(request), { signal })) as { readonly page: Page }).page;
}

/** The order that a list asks for, by the API's names of its fields; the API's own order for any other field. */
export function sortOf<Field extends string>({ sort }: ListRequest, fields: Readonly<Record<string, Field>>) {
  const field = Object.hasOwn(fields, sort.field) ? fields[sort.field] : undefined;
  return field === undefined ? null : { field, direction: sort.order === 'ASC' ? ('asc' as const) : ('desc' as const) };
}

/** The order of a list that knows no other than by time. */
export function orderOf({ sort }: ListRequest): 'NEWEST_FIRST' | 'OLDEST_FIRST' {
  return sort.order === 'ASC' ? 'OLDEST_FIRST' : 'NEWEST_FIRST';
}

/** The value of a filter that is a text; null where nobody has filled it in. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
