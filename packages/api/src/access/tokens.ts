import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, which no dictionary helps to guess: a plain hash of them may be kept. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** In constant time, for texts of one length. */
export function sameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

const KEY = /^kdr_([0-9a-f]{8})_([A-Za-z0-9_-]{43})$/;

/** `kdr_<prefix>_<secret>`: the prefix may be shown and finds the row. */
export function newKeyToken(): { token: string; prefix: string } {
  const prefix = randomBytes(4).toString('hex');
  return { token: `kdr_${prefix}_${newToken()}`, prefix };
}

/** Undefined where the text is no API key. */
export const prefixOf = (token: string): string | undefined => KEY.exec(token)?.[1];
