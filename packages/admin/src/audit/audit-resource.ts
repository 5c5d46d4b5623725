import { type ListRequest, orderOf, pageOf, type Resource, textOf } from '../data/resource.ts';
import type { Result, Variables } from '../graphql/graphql.ts';
import { AuditList, type AuditRow } from './audit-documents.ts';

export type AuditEntry = Result<typeof AuditRow>;

/** What the filters ask for. */
export function auditVariables(request: ListRequest): Variables<typeof AuditList> {
  const { first, after, filter } = request;
  return {
    first,
    after,
    order: orderOf(request),
    who: textOf(filter.who),
    action: textOf(filter.action),
    since: momentOf(filter.since),
    until: momentOf(filter.until),
  };
}

export const auditResource: Resource = { page: pageOf(AuditList, auditVariables) };

/** Filters in addresses are texts, those just chosen may be dates. */
function momentOf(value: unknown): string | null {
  if (!(value instanceof Date) && typeof value !== 'string') return null;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
