import { z } from 'zod';
import type { Place } from '../db/page.ts';
import type { AnySortKey, SortKey } from '../db/sort-key.ts';
import { DomainError } from '../errors.ts';

/** Tells whether a text can be an entity's id. @throws DomainError INVALID_INPUT */
export type ReadId = (cursor: string) => string | number;

const place = z.tuple([z.string(), z.string().max(1000), z.string().max(40)]);

/** Of a list in the order of ids the cursor is the id; of a sorted one the key's name, the row's value and its id. */
export function writeCursor<T extends { id: string | number }>(row: T, sort: SortKey<T> | undefined): string {
  const id = String(row.id);
  return sort ? Buffer.from(JSON.stringify([sort.name, sort.value(row), id])).toString('base64url') : id;
}

/** @throws DomainError INVALID_INPUT */
export function readCursor(cursor: string, readId: ReadId, sort: AnySortKey | undefined): Place {
  if (!sort) return { id: readId(cursor) };
  const parsed = place.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success) throw notACursor();
  const [name, value, id] = parsed.data;
  if (name !== sort.name || !sort.text.safeParse(value).success) throw notACursor();
  return { id: readId(id), value };
}

export function uuidCursor(cursor: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor)) throw notACursor();
  return cursor;
}

export function runIdCursor(cursor: string): string {
  if (!/^[0-9a-f]{32}$/.test(cursor)) throw notACursor();
  return cursor;
}

export function serialCursor(cursor: string): number {
  if (!/^\d{1,9}$/.test(cursor)) throw notACursor();
  return Number(cursor);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notACursor(): DomainError {
  return new DomainError('INVALID_INPUT', 'That is no cursor of this connection', { details: { field: 'after' } });
}
