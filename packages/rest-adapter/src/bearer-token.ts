import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares in constant time; hashes first, because the comparison needs equal lengths. */
export function holdsToken(authorization: string | undefined, token: string): boolean {
  const given = /^Bearer +(.+)$/i.exec(authorization ?? '')?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
