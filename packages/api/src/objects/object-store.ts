import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '../errors.ts';

/** Bytes in memory, or a local file that the store may take over (it is moved, not copied, where that is possible). */
export type ObjectBody = Uint8Array | { readonly file: string };

export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
}

/**
 * Immutable objects under keys. An object is there whole or not at all, and what `put` has answered survives a crash of
 * the process and of the machine.
 */
export interface ObjectStore {
  /**
   * Stores the body under the key.
   *
   * @param options.ifAbsent leaves an object that is already there as it is and answers `created: false`; without it the
   *   object is replaced.
   * @throws DomainError INVALID_INPUT for a key outside the alphabet; STORE_UNAVAILABLE when the store does not answer.
   */
  put(key: string, body: ObjectBody, options?: { ifAbsent?: boolean }): Promise<{ created: boolean; bytes: number }>;
  /** Stores the body under the hash of its bytes; equal bytes are kept once. */
  putContent(body: ObjectBody): Promise<{ key: string; hash: string; bytes: number }>;
  /** @throws DomainError ARTIFACT_MISSING */
  get(key: string): Promise<Buffer>;
  /**
   * A local file with the object's bytes, to be read only, and to be opened soon.
   *
   * @param options.holdIn a folder of the caller's, on the same disk, that keeps the file until it is removed: for who opens it late.
   * @throws DomainError ARTIFACT_MISSING
   */
  path(key: string, options?: { holdIn?: string }): Promise<string>;
  has(key: string): Promise<boolean>;
  /** The same bytes under another key too; the store does it by itself. @throws DomainError ARTIFACT_MISSING */
  copy(from: string, to: string): Promise<void>;
  /** Every object whose key begins with the prefix (a whole number of path segments), in no particular order. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /** Removing what is not there is no error. */
  delete(key: string): Promise<void>;
  /** Resolves when the store can be worked with, without waiting for one that is away. */
  ping(signal: AbortSignal): Promise<void>;
}

/** `sha256/ab/cdef...`: two digits of fan-out keep folders small. */
export function contentKey(hash: string): string {
  return `sha256/${hash.slice(0, 2)}/${hash.slice(2)}`;
}

/**
 * Keys become paths and URLs, so they are made of safe segments only. Names that come from outside (version names) are
 * hashed before they become part of a key.
 */
export function assertKey(key: string): void {
  if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(key)) {
    throw new DomainError('INVALID_INPUT', `"${key}" cannot be a key of an object`);
  }
}

/** sha-256 of a file, hex, without holding it in memory. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

export function hashBytes(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
