import { z } from 'zod';
import { DomainError } from '../errors.ts';

const userName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u);

/** As names are kept: without spaces around, in small letters. @throws DomainError INVALID_INPUT */
export function checkUserName(name: string): string {
  const parsed = userName.safeParse(name.normalize('NFKC'));
  if (parsed.success) return parsed.data;
  throw new DomainError(
    'INVALID_INPUT',
    'A name has 1 to 64 letters, digits, dots, hyphens, underscores and @, and begins with a letter or a digit',
    { details: { field: 'name' } },
  );
}

/** The name that a stranger means; one that nobody can have is nobody's. */
export const meantName = (name: string): string => name.normalize('NFKC').trim().toLowerCase();
