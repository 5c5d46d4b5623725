/** Use cases of API keys. */
import type { Core } from '../core.ts';
import { isId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';
import { lockGroup } from '../jobs/lease.ts';
import { ApiKey } from './api-key.entity.ts';
import type { Caller } from './caller.ts';
import type { Role } from './role.ts';
import { SCOPES, type Scope } from './rules.ts';
import { newKeyToken, prefixOf, sameHash, tokenHash } from './tokens.ts';

const LONGEST_NAME = 100;
const MOST_KEYS = 1000;
const USED_EVERY_MS = 60_000;

export interface NewApiKey {
  readonly name: string;
  readonly role: Role;
  /** None for all that there are now. */
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
}

/** @returns the key, and the token, which is told here and never again. @throws DomainError INVALID_INPUT, CONFLICT, TOO_LARGE */
export async function createApiKey(
  core: Core,
  said: NewApiKey,
  createdBy: string,
): Promise<{ apiKey: ApiKey; token: string }> {
  const name = said.name.trim();
  if (name === '' || name.length > LONGEST_NAME)
    throw wrong('name', `A key's name has 1 to ${LONGEST_NAME} characters`);
  if (said.expiresAt && said.expiresAt <= new Date()) throw wrong('expiresAt', 'A key ends in the future');
  const unknown = said.scopes.find((scope) => !isScope(scope));
  if (unknown !== undefined)
    throw wrong('scopes', `There is no scope ${unknown.slice(0, 60)}; there are ${SCOPES.join(', ')}`);
  const scopes = said.scopes.length === 0 ? [...SCOPES] : SCOPES.filter((scope) => said.scopes.includes(scope));
  const { token, prefix } = newKeyToken();
  const apiKey = await core.database.fork().transactional(async (tx) => {
    await lockGroup(tx, 'api keys');
    if ((await tx.count(ApiKey, { revokedAt: null })) >= MOST_KEYS)
      throw new DomainError('TOO_LARGE', `There are ${MOST_KEYS} keys; revoke one first`);
    if ((await tx.count(ApiKey, { name })) > 0)
      throw new DomainError('CONFLICT', `There is a key ${name} already`, { details: { field: 'name' } });
    const { role, expiresAt } = said;
    const key = tx.create(ApiKey, { name, role, scopes, prefix, tokenHash: tokenHash(token), createdBy, expiresAt });
    await tx.flush();
    return key;
  });
  return { apiKey, token };
}

/** For good; a second time changes nothing. @throws DomainError NOT_FOUND */
export async function revokeApiKey(core: Core, id: string): Promise<ApiKey> {
  const em = core.database.fork();
  const key = isId(id) ? await em.findOne(ApiKey, { id }) : null;
  if (!key) throw new DomainError('NOT_FOUND', 'There is no such key', { details: { field: 'id' } });
  key.revokedAt ??= new Date();
  await em.flush();
  return key;
}

/** Whose the token is; undefined for one that was revoked, has expired or never was. */
export async function callerOfKey(core: Core, token: string): Promise<Caller | undefined> {
  const prefix = prefixOf(token);
  if (prefix === undefined) return undefined;
  const em = core.database.fork();
  const key = await em.findOne(ApiKey, { prefix });
  if (!key || !sameHash(key.tokenHash, tokenHash(token))) return undefined;
  const now = new Date();
  if (key.revokedAt || (key.expiresAt && key.expiresAt <= now)) return undefined;
  if (!key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() > USED_EVERY_MS) {
    key.lastUsedAt = now;
    await em.flush();
  }
  return { kind: 'key', name: key.name, role: key.role, keyId: key.id, scopes: key.scopes };
}

const isScope = (text: string): text is Scope => SCOPES.some((scope) => scope === text);

const wrong = (field: string, message: string) => new DomainError('INVALID_INPUT', message, { details: { field } });
