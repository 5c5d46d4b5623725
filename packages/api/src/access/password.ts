import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../errors.ts';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password-length.ts';

/** OWASP's second choice for scrypt: 32 MB for a check, as much work as N=2^17, p=1. */
const COST = { log2N: 15, r: 8, p: 3 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** @throws DomainError INVALID_INPUT */
export function checkPassword(password: string, field: string): void {
  if (password.length >= SHORTEST_PASSWORD && password.length <= LONGEST_PASSWORD) return;
  throw new DomainError('INVALID_INPUT', `A password has ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters`, {
    details: { field },
  });
}

/** 120 bits in letters and digits that nobody mistakes for each other. */
export function madeUpPassword(): string {
  const signs = 'abcdefghijkmnpqrstuvwxyz23456789';
  return [...randomBytes(24)].map((byte) => signs[byte % signs.length]).join('');
}

/** `scrypt$log2N$r$p$salt$hash`, so that the cost can be raised and old hashes stay readable. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST);
  return ['scrypt', COST.log2N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Where the name is unknown there is no hash: the work is the same, and the answer is no. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, log2N, r, p, salt = '', hash = ''] = (stored ?? DUMMY).split('$');
  const wanted = Buffer.from(hash, 'base64url');
  const cost = { log2N: Number(log2N), r: Number(r), p: Number(p) };
  const given = await derive(password.slice(0, LONGEST_PASSWORD + 1), Buffer.from(salt, 'base64url'), cost);
  return timingSafeEqual(given, wanted) && stored !== undefined;
}

const DUMMY = ['scrypt', COST.log2N, COST.r, COST.p, 'AAAAAAAAAAAAAAAAAAAAAA', 'A'.repeat(43)].join('$');

/** One at a time: the work fills a core, and threads that read files must not wait for sign-ins. */
let last: Promise<unknown> = Promise.resolve();
let waiting = 0;
const MOST_WAITING = 50;

/** @throws DomainError RATE_LIMITED when too many wait already. */
function derive(
  password: string,
  salt: Buffer,
  { log2N, r, p }: { log2N: number; r: number; p: number },
): Promise<Buffer> {
  if (waiting >= MOST_WAITING)
    throw new DomainError('RATE_LIMITED', 'Too many passwords are being checked', { details: { retryAfter: 5 } });
  waiting++;
  const N = 2 ** log2N;
  const options = { N, r, p, maxmem: 2 * 128 * N * r };
  const derived = last.then(() => scryptBytes(password.normalize('NFKC'), salt, options));
  last = derived.then(
    () => waiting--,
    () => waiting--,
  );
  return derived;
}

const scryptBytes = (password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
