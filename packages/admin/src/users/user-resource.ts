import { orderOf, pageOf, type Resource } from '../data/resource.ts';
import type { Result } from '../graphql/graphql.ts';
import { UserList, type UserRow } from './user-documents.ts';

export type User = Result<typeof UserRow>;

export const userResource: Resource = {
  page: pageOf(UserList, (request) => ({ first: request.first, after: request.after, order: orderOf(request) })),
};
