import { orderOf, pageOf, type Resource } from '../data/resource.ts';
import type { Result } from '../graphql/graphql.ts';
import { KeyList, type KeyRow } from './key-documents.ts';

export type Key = Result<typeof KeyRow>;

export const keyResource: Resource = {
  page: pageOf(KeyList, (request) => ({ first: request.first, after: request.after, order: orderOf(request) })),
};

export type KeyState = 'usable' | 'expired' | 'revoked';

export function stateOf({ revokedAt, expiresAt }: Key, now: number): KeyState {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'usable';
}
