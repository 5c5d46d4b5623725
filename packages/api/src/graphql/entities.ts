import type { EntityName } from '@mikro-orm/core';
import { DomainError } from '../errors.ts';
import type { GraphqlContext } from './context.ts';
import { findTogether } from './find-together.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The entity of this id, or null; an id that is no uuid is known to nobody, and PostgreSQL must not be asked. */
export async function entityById<T extends { id: string }>(
  context: GraphqlContext,
  entity: EntityName<T>,
  id: string,
): Promise<T | null> {
  if (!UUID.test(id)) return null;
  return findTogether(context, entity, id);
}

/** For a reference that the database guarantees. */
export async function requiredById<T extends { id: string }>(
  context: GraphqlContext,
  entity: EntityName<T>,
  id: string,
): Promise<T> {
  const found = await entityById(context, entity, id);
  if (!found) throw new DomainError('NOT_FOUND', `${id} is not there any more`, { details: { id } });
  return found;
}

/** The uuid inside a global id that a caller sent. @throws DomainError NOT_FOUND */
export function uuidOf(globalId: { readonly typename: string; readonly id: unknown }): string {
  const id = String(globalId.id);
  if (!UUID.test(id)) {
    throw new DomainError('NOT_FOUND', `There is no ${globalId.typename} ${id.slice(0, 60)}`, {
      details: { field: 'id' },
    });
  }
  return id;
}
